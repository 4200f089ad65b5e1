//! Links of version 1, recorded when it was the version that the page wrote: each opens what it opened then, whatever has become of the page's defaults
//! since. `tests/golden/links_v1.json` holds what a link without settings opens, and what each other link changes in that.

use serde_json::{Map, Value, json};
use thetahat::lecture::settings::config::{Approach, Config};
use thetahat::page::link::read;
use thetahat::page::view::{Axes, Panel, Tone, View};

/// A configuration in words and numbers that do not depend on how the page holds it.
fn settings(config: &Config) -> Value {
    let branch = config.branch.as_ref().map(|branch| {
        json!([branch.step, branch.learning_rate, branch.optimizer.to_string(), branch.schedule.to_string()])
    });
    json!({
        "program": config.program.to_string(),
        "seed": config.seed,
        "samples": config.samples,
        "features": config.features,
        "sigma": config.sigma,
        "stretch": config.stretch,
        "learning rate": config.learning_rate,
        "batch size": config.batch_size,
        "epochs": config.epochs,
        "optimizer": config.optimizer.to_string(),
        "schedule": config.schedule.to_string(),
        "start": config.start.to_string(),
        "theta_0 bits": config.theta_0.as_ref().map(|start| start.iter().map(|x| x.to_bits()).collect::<Vec<_>>()),
        "branch": branch,
        "print every": config.print_every,
    })
}

/// What a view shows, likewise.
fn described(view: &View) -> Map<String, Value> {
    let lab = &view.lab;
    let shown: Vec<&str> = lab.shown.iter().map(Approach::name).collect();
    let plane = &lab.charts.plane;
    let axes = match plane.axes {
        Axes::Natural => None,
        Axes::Pair(across, up) => Some([across, up]),
    };
    let mut all = Map::new();
    if let Value::Object(config) = settings(&lab.settings) {
        all.extend(config);
    }
    let others = json!({
        "shown": shown,
        "module": lab.module.name(),
        "playhead": lab.playhead,
        "pins": lab.pins.iter().map(settings).collect::<Vec<_>>(),
        "linear": lab.charts.linear,
        "by epoch": lab.charts.by_epoch,
        "zoom": lab.charts.zoom,
        "axes": axes,
        "area": plane.area.map(|area| [area.low.0, area.low.1, area.high.0, area.high.1]),
        "batch contours": plane.batch_contours,
        "full batch": plane.full_batch,
        "spread": plane.spread,
        "theme": view.page.tone.map(|tone| if tone == Tone::Dark { "dark" } else { "light" }),
        "present": view.page.present,
        "rust": lab.rust,
        "embed": view.page.embed.map(Panel::name),
    });
    if let Value::Object(others) = others {
        all.extend(others);
    }
    all
}

#[test]
fn links_of_version_1_open_what_they_opened() {
    let recorded: Value = serde_json::from_str(include_str!("../golden/links_v1.json")).expect("the recording is JSON");
    let plain = recorded["plain"].as_object().expect("what a link without settings opens");
    let links = recorded["links"].as_array().expect("a list of links");
    assert!(links.len() >= 40);
    for entry in links {
        let link = entry["link"].as_str().expect("a link");
        let mut expected = plain.clone();
        expected.extend(entry["changes"].as_object().expect("what it changes").clone());
        assert_eq!(Value::Object(described(&read(link).0)), Value::Object(expected), "{link}");
    }
}
