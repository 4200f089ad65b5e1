//! The tab of modules: [`tree`]s that are aligned leaf to leaf, [`printed`] texts whose lines know their leaf, the [`acts`] of splitting and merging, what
//! [`filters`] let through, the training of a [`network`], one by [`lbfgs`], and the [`generator`] that is used up.

pub mod acts;
pub mod filters;
pub mod generator;
pub mod lbfgs;
pub mod network;
pub mod printed;
pub mod tree;

use crate::base::words::thousands;
use crate::lecture::run::anatomy::{Anatomy, Subject};
use crate::page::view::{ModulesView, Room};

/// The modules that a room shows; none where it shows no trees.
#[must_use]
pub fn subject(view: &ModulesView) -> Option<Subject> {
    match view.room {
        Room::Trees => Some(view.subject),
        Room::Split => Some(if view.of_run { Subject::Model } else { Subject::Lecture }),
        Room::Filters => Some(Subject::Both),
        Room::Network | Room::Lbfgs | Room::Generator => None,
    }
}

/// Whether these are modules of the Lab's run.
#[must_use]
pub fn is_of_run(subject: Subject) -> bool {
    matches!(subject, Subject::Model | Subject::Both)
}

/// The name of the module's class, as it stands at the top of its tree.
#[must_use]
pub fn class(anatomy: &Anatomy) -> &str {
    let objects = anatomy.rows.iter().filter_map(|row| match &row.what {
        crate::lecture::run::anatomy::What::Object(name) if name != "tuple" => Some(&**name),
        _ => None,
    });
    objects.into_iter().next().unwrap_or("module")
}

/// Which numbers are shown, in a line.
#[must_use]
pub fn status(anatomy: &Anatomy) -> String {
    let name = class(anatomy);
    match (anatomy.subject, anatomy.at) {
        (Subject::Network, _) => "Mlp 2-128-128-1, as the script draws it, before its first step".to_owned(),
        (Subject::Lecture, _) => "MyLinear, as the lecture draws it before it takes it apart".to_owned(),
        (_, None) => format!("{name} where the run starts: it takes no steps"),
        (_, Some(at)) => format!(
            "{name} in step {} of the run: epoch {}, batch {} of {}",
            thousands(at.step + 1),
            thousands(at.epoch),
            thousands(at.batch + 1),
            thousands(at.batches)
        ),
    }
}
