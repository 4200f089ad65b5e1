//! `cargo xtask`: serves, builds and tests the page, and sets up on the way whatever that needs.
//!
//! It uses the standard library only, so that it compiles in a second on a machine that has nothing but Rust.
//! [`tools`], [`debian`] and [`browsers`] install, [`site`] runs Trunk, [`split`] makes parts of the module, [`python`] builds that of the tab Code, [`stages`] is the test run, [`meanwhile`] what runs beside it, [`mod@bench`] measures, [`mod@fuzz`] looks for bad inputs, [`peers`]
//! fetches the libraries that it measures against, [`process`] starts every child.

mod bench;
mod browsers;
mod debian;
mod fuzz;
mod meanwhile;
mod peers;
mod process;
mod python;
mod site;
mod split;
mod stages;
mod tools;

use std::path::Path;
use std::process::ExitCode;

/// What went wrong, in one sentence that says what to do.
type Result<T = ()> = std::result::Result<T, String>;

const USAGE: &str = "\
Usage: cargo xtask COMMAND

  serve [--port N] [--open]   Serve the page on this machine (port 8080; --open starts the browser) and rebuild it on every change
  build [--single-file] [--scorm]
                              Build the page into dist/, ready for any folder of any static web server; with --single-file, into thetahat.html, too,
                              which opens without a server: its links begin with the address that --address URL names, and with
                              --with-python the tab Code works in it;
                              with --scorm, into thetahat-scorm.zip, too, a SCORM 1.2 package for learning platforms: it opens with the
                              lessons, or with the assignment that --task LINK names (in quotes)
  tools                       Install what the tests need: browsers, their drivers, npm; test does so beside its first stages
  python                      Build the module of the tab Code only; serve does so while the page can be used, build before it
  test [STAGE…]               Run every check and every test, in Chromium, Firefox and WebKit too, or only the stages named
  screenshots [--out DIR]     Take pictures of the page in several sizes, both themes and both browsers (into target/screenshots)
  bench [--peers] [WORKLOAD…] Measure trainings in Chromium and natively, against the same arithmetic written by hand; with --peers,
                              against jax-js, TensorFlow.js and JAX, too
  bench --lighthouse          Have Lighthouse rate the built page, on a phone and on a laptop
  deny                        Check the licences and sources of all dependencies (installs cargo-deny, which takes minutes)
  fuzz [--seconds N] [TARGET…] Look for links, hand-ins, messages, programs and calls from Python that cannot be taken (a minute each; installs cargo-fuzz)

Each command installs what it needs and says so.";

const COMMANDS: [&str; 9] = ["serve", "build", "tools", "python", "test", "screenshots", "bench", "deny", "fuzz"];

fn main() -> ExitCode {
    let mut words = std::env::args();
    let name = words.next().unwrap_or_default();
    let arguments: Vec<String> = words.collect();
    let is_stand_in = Path::new(&name).file_stem().is_some_and(|stem| stem == split::STAND_IN);
    match if is_stand_in { split::bindgen(&arguments) } else { run(&arguments) } {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("error: {sentence}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Result {
    let Some((command, rest)) = arguments.split_first() else {
        return Err(format!("No command given.\n\n{USAGE}"));
    };
    let is_help = |word: &String| matches!(word.as_str(), "help" | "--help" | "-h");
    if is_help(command) || COMMANDS.contains(&command.as_str()) && rest.iter().any(is_help) {
        println!("{USAGE}");
        return Ok(());
    }
    match command.as_str() {
        "serve" => site::serve(&serve_options(rest)?),
        "build" => site::build(&build_options(rest)?),
        "python" => match rest {
            [] => python::build(),
            _ => python::build_later(serve_options(rest)?.port, &site::served()?),
        },
        "tools" => no_options(command, rest).and_then(|()| stages::tools()),
        "test" => stages::test(rest),
        "screenshots" => site::screenshots(out_option(rest)?.as_deref()),
        "bench" => bench::bench(rest),
        "fuzz" => match rest {
            [option, number, targets @ ..] if option == "--seconds" => {
                let seconds = number.parse().map_err(|_| format!("`{number}` is no number of seconds."))?;
                fuzz::fuzz(seconds, targets)
            }
            targets => fuzz::fuzz(60, targets),
        },
        "deny" => no_options(command, rest).and_then(|()| stages::deny()),
        other => Err(format!("There is no command `{other}`.\n\n{USAGE}")),
    }
}

fn no_options(command: &str, rest: &[String]) -> Result {
    match rest.first() {
        None => Ok(()),
        Some(option) => Err(format!("`cargo xtask {command}` takes no `{option}`: leave it out.")),
    }
}

fn serve_options(rest: &[String]) -> Result<site::Serve> {
    let mut options = site::Serve { port: 8080, open: false };
    let mut words = rest.iter();
    while let Some(word) = words.next() {
        match word.as_str() {
            "--open" => options.open = true,
            "--port" => {
                let given = words.next().map_or("", String::as_str);
                options.port = given
                    .parse()
                    .ok()
                    .filter(|&port| port > 0)
                    .ok_or_else(|| format!("`{given}` is no port: use a number from 1 to 65535 after --port."))?;
            }
            other => return Err(format!("`cargo xtask serve` knows --port N and --open, but not `{other}`.")),
        }
    }
    Ok(options)
}

fn build_options(rest: &[String]) -> Result<site::Extras> {
    const KNOWN: &str = "`cargo xtask build` knows only --single-file and, with it, --address URL and --with-python; and --scorm and, with it, --task LINK.";
    let (mut single, mut python, mut scorm, mut address, mut task) = (false, false, false, None, None);
    let mut words = rest.iter();
    while let Some(word) = words.next() {
        match word.as_str() {
            "--single-file" => single = true,
            "--with-python" => python = true,
            "--scorm" => scorm = true,
            "--address" => address = Some(words.next().ok_or(KNOWN)?.clone()),
            "--task" => task = Some(words.next().ok_or(KNOWN)?.clone()),
            _ => return Err(KNOWN.to_owned()),
        }
    }
    let wanted = |is_wanted: bool, with: Option<String>| match (is_wanted, with) {
        (true, with) => Ok(site::Wanted::Yes(with)),
        (false, None) => Ok(site::Wanted::No),
        (false, Some(_)) => Err(KNOWN.to_owned()),
    };
    if python && !single {
        return Err(KNOWN.to_owned());
    }
    Ok(site::Extras { single: wanted(single, address)?, python, scorm: wanted(scorm, task)? })
}

fn out_option(rest: &[String]) -> Result<Option<String>> {
    match rest {
        [] => Ok(None),
        [option, folder] if option == "--out" => Ok(Some(folder.clone())),
        _ => Err("`cargo xtask screenshots` knows only --out DIR.".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::site::{Extras, Wanted};
    use super::{COMMANDS, USAGE, build_options, out_option, run, serve_options};

    fn words(line: &str) -> Vec<String> {
        line.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn options_of_serve() {
        let table =
            [("", 8080, false), ("--open", 8080, true), ("--port 81", 81, false), ("--open --port 65535", 65535, true)];
        for (line, port, open) in table {
            let options = serve_options(&words(line)).unwrap();
            assert_eq!((options.port, options.open), (port, open), "{line}");
        }
    }

    #[test]
    fn what_cannot_be_understood_is_named_with_what_can() {
        let table = [
            ("serve --port", "a number from 1 to 65535"),
            ("serve --port 0", "a number from 1 to 65535"),
            ("serve --port 65536", "`65536` is no port"),
            ("serve --host 0.0.0.0", "not `--host`"),
            ("build --release", "--single-file"),
            ("build --address https://example.org", "--single-file"),
            ("build --single-file --address", "--address URL"),
            ("build --with-python", "--single-file"),
            ("build --single-file --task A1.2.AA", "--task LINK"),
            ("build --scorm --task", "--task LINK"),
            ("test formatting", "the stages are format,"),
            ("screenshots --out", "--out DIR"),
            ("deploy", "no command `deploy`"),
            ("", "Usage: cargo xtask COMMAND"),
        ];
        for (line, part) in table {
            let sentence = run(&words(line)).unwrap_err();
            assert!(sentence.contains(part), "{line}: {sentence}");
        }
    }

    #[test]
    fn every_command_has_help_that_does_nothing_else() {
        for command in COMMANDS {
            assert!(USAGE.contains(&format!("\n  {command} ")), "{command}");
            for option in ["--help", "-h", "help", "--port 1 --help"] {
                assert_eq!(run(&words(&format!("{command} {option}"))), Ok(()), "{command} {option}");
            }
        }
        assert_eq!(run(&words("--help")), Ok(()));
        assert!(run(&words("deploy --help")).is_err());
    }

    #[test]
    fn the_page_as_one_file_and_as_a_package() {
        let with = |text: &str| Wanted::Yes(Some(text.to_owned()));
        let table = [
            ("", Wanted::No, false, Wanted::No),
            ("--single-file", Wanted::Yes(None), false, Wanted::No),
            ("--single-file --with-python", Wanted::Yes(None), true, Wanted::No),
            ("--single-file --address https://x.org/", with("https://x.org/"), false, Wanted::No),
            ("--address https://x.org/ --single-file", with("https://x.org/"), false, Wanted::No),
            ("--scorm", Wanted::No, false, Wanted::Yes(None)),
            ("--task #task=A1.2.AA --scorm --single-file", Wanted::Yes(None), false, with("#task=A1.2.AA")),
        ];
        for (line, single, python, scorm) in table {
            assert_eq!(build_options(&words(line)), Ok(Extras { single, python, scorm }), "{line}");
        }
    }

    #[test]
    fn folder_of_screenshots() {
        assert_eq!(out_option(&words("")), Ok(None));
        assert_eq!(out_option(&words("--out pictures")), Ok(Some("pictures".to_owned())));
    }
}
