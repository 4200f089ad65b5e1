//! The tab Code: keys, colours, output, words, and what a link carries.

use proptest::prelude::*;
use thetahat::page::editor::colours::html;
use thetahat::page::editor::dials::{Dials, dials};
use thetahat::page::editor::edits::{Command, Edit, command, edit};
use thetahat::page::editor::examples::EXAMPLES;
use thetahat::page::editor::figures::{charts, html as figure_html};
use thetahat::page::editor::output::{Cause, Course, Output};
use thetahat::page::editor::packed::{LONGEST, bytes, fits, letters};
use thetahat::page::editor::recorded::Loop;
use thetahat::page::editor::words::{Lack, Progress, runs_by_itself, status};
use thetahat::plot::{Axis, FigureChart, Form, Series, Theme, figure, picture};
use thetahat::worker::code::{Column, Ending, Recorded, Stream};
use thetahat::worker::interpreter::Phase;

/// What a command makes of a text, where `[` and `]` stand around what is selected, and then.
fn after(text: &str, command: Command) -> String {
    let place = |mark: char, text: &str| text.chars().take_while(|letter| *letter != mark).map(char::len_utf16).sum();
    let from: usize = place('[', text);
    let opened = text.replacen('[', "", 1);
    let to: usize = place(']', &opened);
    let plain = opened.replacen(']', "", 1);
    let Some(Edit { range, text: new, selection }) = edit(&plain, (from, to), command) else {
        return text.to_owned();
    };
    let units: Vec<u16> = plain.encode_utf16().collect();
    let typed: Vec<u16> = new.encode_utf16().collect();
    let whole = [&units[..range.0], &typed, &units[range.1..]].concat();
    let part = |units: &[u16]| String::from_utf16(units).expect("letters are whole");
    let (from, to) = selection;
    format!("{}[{}]{}", part(&whole[..from]), part(&whole[from..to]), part(&whole[to..]))
}

#[test]
fn tab_indents_and_takes_back() {
    let table = [
        ("ab[]c", Command::Indent, "ab  []c"),
        ("[]", Command::Indent, "    []"),
        ("θθθθ[]", Command::Indent, "θθθθ    []"),
        ("a[b]c", Command::Indent, "a   []c"),
        ("a[b\nc]d", Command::Indent, "[    ab\n    cd]"),
        ("a[b\n]cd", Command::Indent, "[    ab]\ncd"),
        ("    a[]", Command::Dedent, "a[]"),
        ("  a[]", Command::Dedent, "a[]"),
        ("a[]", Command::Dedent, "a[]"),
        ("[    a\n\n      b]", Command::Dedent, "[a\n\n  b]"),
        ("  []  a", Command::Dedent, "[]a"),
        ("😀 = 1\n    x[]", Command::Dedent, "😀 = 1\nx[]"),
    ];
    for (before, command, expected) in table {
        assert_eq!(after(before, command), expected, "{before:?} {command:?}");
    }
}

#[test]
fn lines_become_comments_and_code_again() {
    let table = [
        ("a[]", "# a[]"),
        ("# a[]", "a[]"),
        ("#a[]", "a[]"),
        ("[  a\n\n    b]", "[  # a\n\n  #   b]"),
        ("[  # a\n\n  #   b]", "[  a\n\n    b]"),
        ("[a\n# b]", "[# a\n# # b]"),
        ("[]", "[]"),
    ];
    for (before, expected) in table {
        assert_eq!(after(before, Command::Comment), expected, "{before:?}");
    }
}

#[test]
fn a_new_line_begins_where_the_last_one_does() {
    let table = [
        ("    a[]", "    a\n    []"),
        ("def f():[]", "def f():\n    []"),
        ("  if x:  []", "  if x:  \n      []"),
        ("    []a", "    \n    []a"),
        ("a[b]c", "a\n[]c"),
    ];
    for (before, expected) in table {
        assert_eq!(after(before, Command::NewLine), expected, "{before:?}");
    }
}

#[test]
fn keys_have_commands() {
    assert_eq!(command("Tab", true, false), Some(Command::Dedent));
    assert_eq!(command("/", true, true), Some(Command::Comment));
    assert_eq!(command("Enter", false, false), Some(Command::NewLine));
    for (key, shift, control) in
        [("/", false, false), ("Enter", false, true), ("Enter", true, false), ("Tab", false, true)]
    {
        assert_eq!(command(key, shift, control), None);
    }
}

/// HTML without its elements and entities, a line for each `div`.
fn text_of(html: &str) -> String {
    let lines = html.replace("</div><div", "\n<div");
    let mut text = String::new();
    let mut inside = false;
    for letter in lines.chars() {
        match letter {
            '<' => inside = true,
            '>' if inside => inside = false,
            other if !inside => text.push(other),
            _ => {}
        }
    }
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

#[test]
fn texts_over_several_lines_are_one_colour() {
    let shown = html("x = '''a\ndef \"\"\"\n''' + 1 # b\n\"\"\"<&>\"\"\"", Some(2), &[]);
    let expected = "<div>x = <span class=s>'''</span><span class=s>a</span></div><div class=\"at\"><span class=s>def &quot;&quot;&quot;</span></div>\
                    <div><span class=s>'''</span> + <span class=n>1</span> <span class=c># b</span></div>\
                    <div><span class=s>&quot;&quot;&quot;</span><span class=s>&lt;&amp;&gt;&quot;&quot;&quot;</span></div>";
    assert_eq!(shown, expected);
}

proptest! {
    #[test]
    fn the_copy_in_colours_is_the_text(text in "([a-z0-9 '\"#<&>:()\\\\θ😀]|\n|'''|\"\"\"){0,60}") {
        prop_assert_eq!(text_of(&html(&text, None, &[])), text);
    }

    #[test]
    fn no_place_breaks_an_edit(text in "([a-z #:θ😀]|\n|    ){0,40}", from in 0..60_usize, to in 0..60_usize) {
        for command in [Command::Indent, Command::Dedent, Command::Comment, Command::NewLine] {
            if let Some(edit) = edit(&text, (from, to), command) {
                prop_assert!(edit.range.0 <= edit.range.1 && edit.range.1 <= text.encode_utf16().count());
                prop_assert!(edit.selection.0 <= edit.selection.1);
            }
        }
    }

    #[test]
    fn a_link_carries_any_bytes(data in prop::collection::vec(any::<u8>(), 0..40)) {
        let packed = letters(&data);
        prop_assert_eq!(bytes(&packed), Some(data));
        prop_assert!(packed.is_empty() || fits(&packed));
    }

    #[test]
    fn no_text_breaks_the_reading_of_a_link(text in ".{0,40}") {
        let _ = (bytes(&text), fits(&text));
    }
}

#[test]
fn what_a_link_cannot_carry_is_refused() {
    assert_eq!(bytes("a"), None, "no byte is that short");
    assert_eq!(bytes("a+b"), None);
    assert!(!fits("") && !fits("a=b") && !fits(&"a".repeat(LONGEST + 1)) && fits("a-_9"));
}

#[test]
fn every_example_is_a_program_of_its_own() {
    for (place, example) in EXAMPLES.iter().enumerate() {
        let text = example.text();
        assert!(text.starts_with("\"\"\"") && text.ends_with('\n') && !text.contains('\t'), "{}", example.name);
        assert!(EXAMPLES[..place].iter().all(|other| other.name != example.name && other.text() != text));
    }
}

#[test]
fn the_old_output_stays_until_something_new_comes() {
    let mut output = Output::default();
    output.start();
    output.print(vec![(Stream::Out, "1\n".to_owned())]);
    output.end(Course::Ended(Ending::default()));
    let edition = output.edition();
    output.start();
    assert_eq!((output.lines(), output.is_old(), output.edition()), (vec!["1".to_owned()], true, edition));
    output.print(vec![(Stream::Out, "2\n".to_owned())]);
    output.print(vec![(Stream::Out, "3\n".to_owned())]);
    assert_eq!((output.lines(), output.is_old()), (vec!["2".to_owned(), "3".to_owned()], false));
    assert_ne!(output.edition(), edition);
    // one that prints nothing for long does not stand under what another has printed
    output.start();
    output.go_on();
    assert_eq!((output.lines(), output.course()), (Vec::new(), Course::Running));
    output.print(vec![(Stream::Out, "4\n".to_owned())]);
    output.end(Course::Stopped);
    output.go_on();
    assert_eq!(output.lines(), ["4"], "what has ended stays");
    // one that prints nothing leaves nothing
    output.start();
    output.end(Course::Stopped);
    assert!(output.pieces().is_empty());
}

fn failed(error: &str, line: Option<usize>) -> Output {
    let mut output = Output::default();
    output.start();
    output.print(vec![(Stream::Out, "1\n".to_owned()), (Stream::Err, error.to_owned())]);
    output.end(Course::Ended(Ending { status: 1, line, ..Ending::default() }));
    output
}

#[test]
fn an_error_is_said_with_its_line() {
    let said = |output: &Output| status(Phase::Idle, Progress::default(), Lack::default(), output);
    let traceback = "Traceback (most recent call last):\n  File \"program.py\", line 2, in <module>\n    f(x)\nTypeError: no\nmore\n";
    let output = failed(traceback, Some(2));
    assert_eq!((said(&output).as_str(), output.marked()), ("Line 2: TypeError: no", Some(2)));
    let syntax = failed("  File \"program.py\", line 3\n    a b\n      ^\nSyntaxError: invalid syntax\n", Some(3));
    assert_eq!(said(&syntax), "Line 3: SyntaxError: invalid syntax");
    assert_eq!(said(&failed("", None)), "exit status 1");
    let torch = "Traceback (most recent call last):\n  File \"program.py\", line 1, in <module>\nModuleNotFoundError: No module named 'torch'\n";
    assert!(
        said(&failed(torch, Some(1)))
            .starts_with("Line 1: ModuleNotFoundError: No module named 'torch'. Here are jax, ")
    );
}

#[test]
fn every_course_has_its_words() {
    let said = |phase: Phase, output: &Output| status(phase, Progress { come: 1, all: 4 }, Lack::NotThere, output);
    let mut output = Output::default();
    assert_eq!(said(Phase::Fetching, &output), "Loading Python: 25 % …");
    assert!(said(Phase::Missing, &output).contains("still being built"));
    assert_eq!(said(Phase::Starting, &output), "");
    output.start();
    assert_eq!(said(Phase::Starting, &output), "Starting Python …");
    assert_eq!(said(Phase::Running, &output), "Running …");
    output.end(Course::Ended(Ending { took: 84.23, ..Ending::default() }));
    assert_eq!(said(Phase::Idle, &output), "Ran in 84.2 ms.");
    output.end(Course::Ended(Ending { is_full: true, status: 1, ..Ending::default() }));
    assert!(said(Phase::Idle, &output).contains("400,000 characters"));
    for (cause, part) in [(Cause::Depth, "recursion"), (Cause::Memory, "memory"), (Cause::Fault, "not of your program")]
    {
        output.end(Course::Died(cause));
        assert!(said(Phase::Starting, &output).contains(part));
    }
}

#[test]
fn browsers_say_why_a_worker_died_in_their_own_words() {
    let table = [
        ("Uncaught RangeError: Maximum call stack size exceeded", false, Cause::Depth),
        ("InternalError: too much recursion", false, Cause::Depth),
        ("Uncaught RuntimeError: unreachable", false, Cause::Memory),
        ("RuntimeError: unreachable executed", true, Cause::Fault),
    ];
    for (message, is_fault, cause) in table {
        assert_eq!(Cause::of(message, is_fault), cause, "{message}");
    }
}

#[test]
fn only_what_was_quick_runs_by_itself() {
    let ended = |took: f64| Course::Ended(Ending { took, ..Ending::default() });
    assert!(runs_by_itself(Course::Never) && runs_by_itself(ended(900.0)));
    assert!(!runs_by_itself(ended(1100.0)) && !runs_by_itself(Course::Stopped));
    assert!(!runs_by_itself(Course::Died(Cause::Memory)));
}

const FIGURE: &str = r#"{"axes":[{"title":"a < b","xlabel":"step","ylabel":"loss","xlog":false,"ylog":true,"xlim":null,"ylim":[0.001,10.0],
    "legend":true,"marks":[{"kind":"semilogy","x":[0.0,1.0,2.0],"y":[1.0,null,0.01],"form":"r--","color":"","label":"one"},
    {"kind":"scatter","x":[0.0],"y":[0.5],"form":"","color":"tab:green","label":""},
    {"kind":"axhline","x":[0.0],"y":[0.1],"form":"","color":"","label":""}]}]}"#;

#[test]
fn figures_are_read_as_they_were_drawn() {
    let charts = charts(FIGURE);
    let [chart] = &charts[..] else { panic!("{} charts", charts.len()) };
    assert_eq!((chart.title.as_str(), chart.up.log, chart.up.range), ("a < b", true, Some((0.001, 10.0))));
    let forms: Vec<(Form, usize)> = chart.series.iter().map(|series| (series.form, series.hue)).collect();
    assert_eq!(forms, [(Form::Dashes, 1), (Form::Points, 2), (Form::Across, 4)]);
    assert!(chart.series[0].points[1].1.is_nan(), "what is no number is a gap");
    let html = figure_html(FIGURE, false);
    assert!(html.contains("aria-label=\"Figure: a &lt; b\"") && html.contains("</svg>") && html.contains("loss"));
    assert!(charts_are_none("") && charts_are_none("{}") && charts_are_none("{\"axes\":[{}]}"));
}

fn charts_are_none(text: &str) -> bool {
    charts(text).is_empty()
}

proptest! {
    #[test]
    fn no_values_break_a_figure(
        points in prop::collection::vec((any::<f64>(), any::<f64>()), 0..12),
        form in prop::sample::select(vec![Form::Line, Form::Dashes, Form::Points, Form::Both, Form::Bars, Form::Across, Form::Up]),
        logs in any::<(bool, bool)>(),
        ranges in any::<(Option<(f64, f64)>, Option<(f64, f64)>)>(),
    ) {
        let axis = |log: bool, range: Option<(f64, f64)>| Axis { name: "x".to_owned(), log, range };
        let series = vec![Series { points, form, hue: 7, label: "a label".to_owned() }];
        let chart = FigureChart { title: "t".to_owned(), across: axis(logs.0, ranges.0), up: axis(logs.1, ranges.1), series, has_legend: true };
        let theme = Theme::light(8.0).for_svg();
        let svg = picture((300, 200), 8.0, &[], &theme, |paper| figure(paper, &chart, &theme).expect("a text refuses nothing"));
        prop_assert!(svg.len() < 4_000_000);
    }
}

#[test]
fn numbers_that_outermost_lines_assign_can_be_turned() {
    let text = r#"
"""
N = 1
"""
N, M, sigma = 500, 2, -1e-3  # three
key = random.PRNGKey(42)
optimizer = optax.sgd(learning_rate=0.001, momentum=beta)
x = 2 * 3
rows = list(
    n = 4
)
a == 5
a += 6
for i in range(7):
    b = 8
c = "9"
d = f(1)(2)
e, f = 10
"#;
    let found = dials(text);
    let said: Vec<_> = found.iter().map(|dial| (dial.name.as_str(), dial.written.as_str())).collect();
    let expected = [("N", "500"), ("M", "2"), ("sigma", "-1e-3"), ("PRNGKey", "42"), ("learning_rate", "0.001")];
    assert_eq!(said, expected);
    assert!(found.iter().all(|dial| text[dial.at.clone()] == dial.written));
}

#[test]
fn a_number_is_turned_around_what_was_written() {
    let of = |written: &str| dials(&format!("x = {written}")).remove(0);
    let read = |written: &str, places: &[i32]| {
        let dial = of(written);
        places.iter().map(|place| dial.at_place(*place)).collect::<Vec<_>>()
    };
    assert_eq!(of("0.001").places(), (-40, 0, 40));
    assert_eq!(
        read("0.001", &[-40, -20, -1, 0, 1, 20, 40, 99]),
        ["1e-5", "0.0001", "0.00089", "0.001", "0.0011", "0.01", "0.1", "0.1"]
    );
    assert_eq!(read("1e-3", &[0, 20]), ["1e-3", "1e-2"]);
    assert_eq!(of("2").places(), (1, 2, 10));
    assert_eq!(read("2", &[-3, 1, 2, 7]), ["1", "1", "2", "7"]);
    assert_eq!(of("0").places(), (0, 0, 10));
    assert_eq!(read("500", &[-40, -1, 0, 1, 40]), ["5", "450", "500", "560", "50000"]);
    assert_eq!(read("0.0", &[-40, 0, 20]), ["-1.0", "0.0", "0.5"]);
    assert_eq!(read("-2.5", &[-40, 0, 40]), ["-7.5", "-2.5", "2.5"]);
    assert_eq!(read("-7", &[-40, 40]), ["-21", "7"]);
}

proptest! {
    /// Turning a dial changes its own number and nothing else, whatever was turned before; back in its place, the program is what it was.
    #[test]
    fn turning_changes_one_number(turns in prop::collection::vec((0..4_usize, -50..50_i32), 1..20)) {
        let written = "N, M = 500, 2\nrate = 0.01  # é\nmodel = build(beta=0.9)\n";
        let mut dials = Dials::of(written);
        let mut text = written.to_owned();
        for (index, place) in turns {
            let expected: Vec<String> = dials.all().iter().enumerate().map(|(other, turned)| {
                if other == index { turned.dial.at_place(place) } else { turned.now.clone() }
            }).collect();
            if let Some(changed) = dials.turn(index, place, &text) {
                text = changed;
            }
            let now: Vec<String> = Dials::of(&text).all().iter().map(|turned| turned.dial.written.clone()).collect();
            prop_assert_eq!(now, expected);
        }
        for index in 0..4 {
            let (_, own, _) = dials.get(index).expect("there are four").dial.places();
            text = dials.turn(index, own, &text).unwrap_or(text);
        }
        prop_assert_eq!(text, written);
    }
}

const LOOP: &str = "\
theta = jnp.array([1.0, 2.0])
params = jnp.zeros(2)
for epoch in range(3):
    for x in rows:
        params, loss = step(
            params, x)
        if loss == 0.0:
            print(params)
        model.update(loss)
print(loss)
";

/// Three turns of [`LOOP`].
fn turned() -> Loop {
    let column =
        |name: &str, width, numbers: &[f32]| Column { name: name.to_owned(), width, numbers: numbers.to_vec() };
    let (from, to) = (LOOP.find("for x").expect("a loop"), LOOP.find("print(loss)").expect("its end") - 1);
    let columns = vec![
        column("theta", 2, &[1.0, 2.0, 1.0, 2.0, 1.0, 2.0]),
        column("params", 2, &[0.0, 0.0, 1.0, 0.0, 1.0, 2.0]),
        column("loss", 1, &[f32::NAN, 100.0, 0.5]),
        column("model", 4, &[0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0]),
    ];
    Loop { text: LOOP.to_owned(), recorded: Recorded { range: (from, to), turns: 5, noted: vec![1, 3, 5], columns } }
}

#[test]
fn what_names_hold_stands_at_the_lines_that_assign_them() {
    let turned = turned();
    assert_eq!(turned.turn(1), "turn 3 of 5");
    let at = |row| turned.values(row);
    let line = |number, text: &str| (number, text.to_owned());
    assert_eq!(
        at(0),
        [line(5, "params = [0, 0]"), line(5, "loss = nan"), line(9, "model = [0, 1, 2, …]")],
        "what is only read and does not change stands nowhere"
    );
    assert_eq!(at(2)[..2], [line(5, "params = [1, 2]"), line(5, "loss = 0.5")]);
    assert_eq!(at(99)[0], line(5, "params = []"), "there is no such row");
    let html = html(LOOP, None, &at(2));
    assert_eq!(html.matches("data-now").count(), 2);
    assert!(html.contains("data-now=\"params = [1, 2] · loss = 0.5\""), "{html}");
}

#[test]
fn a_loop_is_drawn_by_what_its_names_say() {
    let charts = turned().charts(1);
    let [loss, distance, path] = &charts[..] else { panic!("{} charts", charts.len()) };
    assert_eq!((loss.up.name.as_str(), loss.up.log), ("loss", true));
    assert_eq!(distance.up.name, "‖params − theta‖");
    let distances: Vec<f64> = distance.series[0].points.iter().map(|point| point.1).collect();
    assert_eq!(distances, [5.0_f64.sqrt(), 2.0, 0.0]);
    assert_eq!(distance.series[1].points, [(3.0, 0.0)], "the playhead");
    assert_eq!(path.series[0].points, [(0.0, 0.0), (1.0, 0.0), (1.0, 2.0)]);
    assert_eq!(path.series[1].points, [(1.0, 2.0)], "the true parameters");
    assert_eq!(path.series[2].points, [(1.0, 0.0)], "where it is");
    assert!(Loop::default().charts(0).is_empty() && Loop::default().values(0).is_empty());
}
