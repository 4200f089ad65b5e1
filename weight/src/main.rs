//! Prints what each file of the built page weighs, in the folder that the argument names.

use std::error::Error;
use std::path::Path;

use thetahat_weight::{AIM, Stage, Weight, until, weigh};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args_os().nth(1).ok_or("Name the folder of the built page.")?;
    let files = weigh(Path::new(&folder))?;
    println!("{:>10} {:>10} {:>10}  file", "bytes", "gzip", "brotli");
    for (file, weight) in &files {
        print(*weight, &file.display().to_string());
    }
    for stage in Stage::ALL {
        let aim = if stage == Stage::First { format!(", the aim {AIM}") } else { String::new() };
        print(until(stage, &files), &format!("{}; the budget is {} with brotli{aim}", stage.name(), stage.budget()));
    }
    Ok(())
}

fn print(Weight { raw, gzip, brotli }: Weight, what: &str) {
    println!("{raw:>10} {gzip:>10} {brotli:>10}  {what}");
}
