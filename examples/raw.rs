//! Runs the lecture's raw-functional program and prints what it prints.

use thetahat::lecture::config::Config;
use thetahat::lecture::trainer::Trainer;

fn main() -> thetahat::Result<()> {
    let mut trainer = Trainer::new(&Config::default())?;
    while !trainer.is_done() {
        for line in trainer.advance(1000)?.lines {
            println!("{line}");
        }
    }
    Ok(())
}
