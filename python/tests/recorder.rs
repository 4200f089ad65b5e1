//! What is noted of a program's loops.

use std::cell::RefCell;
use std::rc::Rc;

use thetahat_python::recorder::{self, MOST_TURNS, Recording};
use thetahat_python::{output, run};

/// What a program prints, and what was noted last; recorded, or not.
fn outcome(source: &str, is_recorded: bool) -> (String, Option<Recording>) {
    let (printed, noted) = (Rc::new(RefCell::new(String::new())), Rc::new(RefCell::new(None)));
    let (writer, taker) = (printed.clone(), noted.clone());
    output::set_sink(Some(Box::new(move |_, text| {
        writer.borrow_mut().push_str(text);
        true
    })));
    recorder::set_sink(is_recorded.then(|| -> recorder::Sink {
        Box::new(move |recording, is_last| {
            if is_last {
                *taker.borrow_mut() = Some(recording.clone());
            }
        })
    }));
    let _ = run(source, "program.py", &[]);
    output::set_sink(None);
    recorder::set_sink(None);
    (printed.take(), noted.take())
}

fn recorded(source: &str) -> Recording {
    outcome(source, true).1.expect("a loop has turned")
}

fn column<'a>(recording: &'a Recording, name: &str) -> &'a [f32] {
    recording.columns.iter().find(|column| column.name == name).map_or(&[], |column| &column.numbers)
}

#[test]
fn names_are_noted_after_each_turn_of_the_innermost_loop() {
    let source = "\
import jax.numpy as jnp
x = 0.0
for epoch in range(2):
    for i in range(3):
        x = x + 1.5
        if i == 1:
            continue
        y = jnp.array([x, i])
    x = -x
";
    let recording = recorded(source);
    let (from, to) = recording.range;
    assert!(source[from..to].starts_with("for i in") && source[from..to].ends_with("[x, i])"));
    assert_eq!((recording.turns, recording.noted.as_slice()), (6, &[1, 2, 3, 4, 5, 6][..]));
    assert_eq!(column(&recording, "x"), [1.5, 3.0, 4.5, -3.0, -1.5, 0.0]);
    assert_eq!(column(&recording, "y"), [1.5, 0.0, 1.5, 0.0, 4.5, 2.0, -3.0, 0.0, -3.0, 0.0, 0.0, 2.0]);
    assert!(column(&recording, "i").is_empty(), "integers are no floats");
}

#[test]
fn modules_and_containers_are_noted_by_their_numbers() {
    let source = "\
import jax.numpy as jnp
from flax import nnx
model = nnx.Linear(2, 1, rngs=nnx.Rngs(0))
params = {'w': jnp.array([1.0, 2.0]), 'b': 0.5}
data = jnp.zeros(65)
names = ['a']
for _ in range(2):
    model.bias.value = model.bias.value + 1.0
    params = {'w': params['w'] * 2, 'b': 0.25}
    later = 1.0
";
    let recording = recorded(source);
    let model = column(&recording, "model");
    assert_eq!(model.len(), 6);
    assert_eq!((model[0], model[3]), (1.0, 2.0), "the bias comes first");
    assert_eq!(column(&recording, "params"), [0.25, 2.0, 4.0, 0.25, 4.0, 8.0]);
    assert_eq!(recording.columns.iter().filter(|column| column.name == "data" || column.name == "names").count(), 0);
}

#[test]
fn a_name_that_comes_later_or_changes_its_size_is_no_trouble() {
    let source = "\
import jax.numpy as jnp
for i in range(3):
    uneven = jnp.zeros(i + 1)
    if i > 0:
        late = float(i)
while i > 0:
    i -= 1
else:
    done = 7.0
";
    let recording = recorded(source);
    assert_eq!(recording.turns, 3);
    let late = column(&recording, "late");
    assert!(late[0].is_nan() && late[1..] == [1.0, 2.0], "{late:?}");
    assert!(column(&recording, "uneven").is_empty());
}

#[test]
fn long_loops_are_thinned_and_end_with_their_last_turn() {
    let turns = 5 * MOST_TURNS + 3;
    let recording = recorded(&format!("x = 0.0\nfor i in range({turns}):\n    x += 1.0\n"));
    assert_eq!((recording.turns, recording.noted.last()), (turns, Some(&turns)));
    assert!(recording.noted.len() <= MOST_TURNS && recording.noted.len() > MOST_TURNS / 2);
    assert!(recording.noted.windows(2).all(|pair| pair[0] < pair[1]));
    let expected: Vec<f32> = recording.noted.iter().map(|turn| *turn as f32).collect();
    assert_eq!(column(&recording, "x"), expected);
}

#[test]
fn what_a_program_prints_does_not_depend_on_being_recorded() {
    for source in [
        "for i in range(3):\n    print(i, sorted(name for name in globals() if not name.startswith('__')))\n",
        "for i in range(3):\n    pass\nelse:\n    print('else')\nfor i in range(3):\n    break\nelse:\n    print('never')\n",
        "try:\n    for i in range(3):\n        1 / (1 - i)\nexcept ZeroDivisionError as error:\n    print(error)\n",
        "for i in range(3):\n    x = 1 / (1 - i)\n",
        "def f():\n    for i in range(2):\n        yield i\nfor i in f():\n    print(i)\nprint(i)\n",
        "for i in range(3)\n    pass\n",
        "x = [i for i in range(3)]\nwith open('none') as f:\n    for line in f:\n        print(line)\n",
        "for i in range(2):\n    match i:\n        case 0:\n            continue\n        case _:\n            print('one')\n",
        "x = []\nfor i in range(5):\n    x.append(x)\nprint(len(x))\n",
        "nodes = [[] for i in range(6)]\nfor a in nodes:\n    for b in nodes:\n        a.append(b)\nprint(len(nodes))\n",
        "d = {}\nfor k in 'abcdef':\n    d[k] = d\nprint(len(d))\n",
        "x = 1.0\nfor i in range(2000):\n    x = (x,)\nprint(len(x))\n",
    ] {
        assert_eq!(outcome(source, true).0, outcome(source, false).0, "{source}");
    }
}
