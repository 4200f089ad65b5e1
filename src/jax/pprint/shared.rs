//! Which programs inside a program stand before it in its text, with a name of their own: those that it has more than once, and long ones.

use std::collections::VecDeque;

use super::super::control::Control;
use super::super::core::{Eqn, Jaxpr, Primitive};
use super::super::extension::Printed;

/// From so many equations on a program is long.
const LONG: usize = 11;

/// The programs that stand before `jaxpr`, in order, and their names (`jax._src.core.pp_toplevel_jaxpr`).
pub(super) fn shared(jaxpr: &Jaxpr) -> Vec<(&Jaxpr, String)> {
    let mut counts: Vec<(&Jaxpr, usize, String)> = Vec::new();
    let mut left = VecDeque::from([(jaxpr, None)]);
    while let Some((now, name)) = left.pop_front() {
        let at = counts.iter().position(|(known, ..)| std::ptr::eq(*known, now)).unwrap_or_else(|| {
            counts.push((now, 0, "jaxpr".to_owned()));
            counts.len() - 1
        });
        let is_long = !std::ptr::eq(now, jaxpr) && length(now) >= LONG;
        counts[at].1 += 1 + usize::from(is_long);
        if let Some(name) = name.filter(|_| counts[at].2 == "jaxpr") {
            counts[at].2 = name;
        }
        for eqn in &now.eqns {
            let (name, programs) = inside(eqn);
            left.extend(programs.into_iter().map(|program| (program, name.clone())));
        }
    }
    let mut given: Vec<(&Jaxpr, String)> = Vec::new();
    let mut names: Vec<(String, usize)> = Vec::new();
    let mut next = |name: String| {
        let at = names.iter().position(|(known, _)| *known == name).unwrap_or_else(|| {
            names.push((name.clone(), 0));
            names.len() - 1
        });
        names[at].1 += 1;
        if names[at].1 > 1 { format!("{name}{}", names[at].1 - 1) } else { name }
    };
    for (program, count, name) in counts {
        if count > 1 {
            given.push((program, next(name)));
        }
    }
    given
}

/// The equations of a program, those that only take a result out of another one not counted.
fn length(jaxpr: &Jaxpr) -> usize {
    let is_part = |eqn: &&Eqn| match &eqn.primitive {
        Primitive::Extension(extension) => matches!(extension.operation.control(), Some(Control::Part(_))),
        _ => false,
    };
    jaxpr.eqns.len() - jaxpr.eqns.iter().filter(is_part).count()
}

/// The programs inside an equation, and the name that it gives them.
fn inside(eqn: &Eqn) -> (Option<String>, Vec<&Jaxpr>) {
    let Primitive::Extension(extension) = &eqn.primitive else { return (None, Vec::new()) };
    if let Some(Control::Part(_)) = extension.operation.control() {
        return (None, Vec::new());
    }
    let (mut name, mut programs) = (None, Vec::new());
    for (key, value) in extension.operation.printed() {
        match value {
            Printed::Text(text) if key == "name" => name = Some(text.trim_matches(['<', '>']).to_owned()),
            Printed::Text(_) => {}
            Printed::Program(jaxpr) => programs.push(jaxpr),
            Printed::Programs(all) => programs.extend(all),
        }
    }
    (name, programs)
}
