//! Wrong sources: class, words and place of the error are those that `CPython` 3.11 gave when asked (`tests/syntax/record.py`, of which `recorded.txt` is what it printed).

use std::{fs, path::Path, process::Command};

/// Sources of which something else is said, and why.
const NOT_YET: &[(&str, &str)] = &[
    ("'await x'", "whether it stands in a function is not asked"),
    ("'from . import *, a'", "ruff sees the comma as a mistake of its own"),
    ("'class A(x for x in y): pass'", "ruff takes it"),
    ("'x = \\\\\\n'", "ruff joins the line with nothing"),
    ("'try:\\n  x\\nexcept A, B:\\n  pass'", "Python 3.14 takes it"),
    ("'def f(x, (y, z)): pass'", "the words of Python 2's parameters"),
    (r#""x = '\\x'""#, "the words of decoding"),
    (r#""x = '\\N{foo}'""#, "the words of decoding"),
    (r#""x = u'\\u12'""#, "the words of decoding"),
    (r#"'print(f\'{a["b"}\')\n'"#, "brackets within a text's field"),
];

#[test]
fn wrong_sources_are_told_as_python_tells_them() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/syntax");
    let recorded = fs::read_to_string(folder.join("recorded.txt")).expect("the recording is there");
    let run = Command::new(env!("CARGO_BIN_EXE_thetahat-python")).arg(folder.join("record.py")).output();
    let told = String::from_utf8(run.expect("the program runs").stdout).expect("it is text");
    assert_eq!(told.lines().count(), recorded.lines().count(), "the program has ended early");
    let is_excused = |line: &str| NOT_YET.iter().any(|(source, _)| line.split('\t').next() == Some(source));
    let wrong: Vec<String> = (recorded.lines().zip(told.lines()))
        .filter(|(recorded, told)| (recorded == told) == is_excused(recorded))
        .map(|(recorded, told)| format!("{recorded}\n  here {told}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_program_that_is_none_ends_with_the_line_and_a_mark() {
    let program = Path::new(env!("CARGO_TARGET_TMPDIR")).join("wrong.py");
    fs::write(&program, "w = 3.0\nfor i in range(3)\n    w = w - 0.1 * w\n").expect("there is room");
    let run = Command::new(env!("CARGO_BIN_EXE_thetahat-python")).arg(&program).output().expect("the program runs");
    let place = format!("  File \"{}\", line 2\n", program.display());
    let expected = "    for i in range(3)\n                     ^\nSyntaxError: expected ':'\n";
    assert_eq!(String::from_utf8_lossy(&run.stderr), format!("{place}{expected}"));
    assert_eq!(run.status.code(), Some(1));
}
