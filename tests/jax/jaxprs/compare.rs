//! Compares printed programs with recorded ones by name, and counts.

use std::collections::BTreeMap;
use std::path::Path;

use thetahat::jax::{Array, make_jaxpr};

/// Recorded programs by name, and what became of each.
pub struct Comparison {
    recorded: BTreeMap<String, String>,
    equal: usize,
    different: Vec<String>,
}

impl Comparison {
    /// The recordings of a file in `golden/`: `== name`, then the program, then an empty line.
    pub fn with(file: &str) -> Self {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(file);
        let text = std::fs::read_to_string(path).expect("a recording");
        let programs = text.split("== ").skip(1).map(|part| {
            let (name, program) = part.split_once('\n').expect("a name and a program");
            (name.to_owned(), program.strip_suffix("\n\n").unwrap_or(program).to_owned())
        });
        Self { recorded: programs.collect(), equal: 0, different: Vec::new() }
    }

    /// Traces `f` on the arguments and compares the program's text with the recording of this name.
    pub fn show(&mut self, name: &str, f: impl Fn(&[Array]) -> Vec<Array> + 'static, args: &[Array]) {
        let program = make_jaxpr(move |args: &Vec<Array>| f(args))(&args.to_vec());
        let text = match &program {
            Ok(program) => {
                program.jaxpr.typecheck().expect("a well-formed program");
                program.to_string()
            }
            Err(error) => format!("error: {error}"),
        };
        match self.recorded.remove(name) {
            Some(recorded) if recorded == text => self.equal += 1,
            Some(recorded) => self.different.push(format!("== {name}\n-- JAX\n{recorded}\n-- here\n{text}\n")),
            None => self.different.push(format!("== {name}: not recorded\n")),
        }
    }

    /// Reports, and fails if a program differs that is not `known` to, or if not just as many as `count` do. With a file name in the
    /// environment variable `JAXPRS_DIFFERENCES`, writes both texts of those that differ.
    pub fn finish(self, known: impl Fn(&str) -> bool, count: usize) {
        let all = self.equal + self.different.len() + self.recorded.len();
        println!("{} of {all} programs print as in JAX", self.equal);
        if let Ok(file) = std::env::var("JAXPRS_DIFFERENCES") {
            std::fs::write(file, self.different.concat()).expect("a file to write to");
        }
        let name = |text: &str| text.lines().next().unwrap_or_default().trim_start_matches("== ").to_owned();
        let unexpected: Vec<&String> = self.different.iter().filter(|text| !known(&name(text))).collect();
        assert!(unexpected.is_empty(), "{} differ, first:\n{}", unexpected.len(), unexpected[0]);
        assert!(self.recorded.is_empty(), "recorded, but not built: {:?}", self.recorded.keys());
        assert_eq!(self.different.len(), count, "programs that were known to differ no longer do: lower the count");
    }
}
