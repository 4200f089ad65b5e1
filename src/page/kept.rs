//! [`Kept`]: what was wished for and does not fit the settings of this moment: the branch's step, the zoom, the starting point.
//!
//! Whoever types 3000 into Epochs passes 3, 30 and 300 on the way, and so do sliders. What does not fit on the way is set aside, and comes back as soon as it fits
//! again; only another wish replaces it.

use crate::lecture::settings::config::Config;
use crate::page::view::for_search;

/// The steps that charts zoom in on.
type Zoom = Option<(usize, usize)>;

/// The last wishes, and what was shown of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Kept {
    branch_step: Wish<Option<usize>>,
    zoom: Wish<Zoom>,
    theta_0: Wish<Option<Vec<f32>>>,
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Wish<T> {
    wished: T,
    shown: T,
}

impl<T: Clone + PartialEq> Wish<T> {
    /// What is shown: what fits of the last wish. A value that is not the one that was shown is a new wish.
    fn fit(&mut self, asked: T, fitting: impl FnOnce(T) -> T) -> T {
        if asked != self.shown {
            self.wished = asked;
        }
        self.shown = fitting(self.wished.clone());
        self.shown.clone()
    }
}

impl Kept {
    /// The settings and the zoom to show, where these are asked for: a branch after the end of the run stands at its end, a zoom beyond it shows the whole run, and
    /// a starting point for another number of features gives way to the one that the program draws.
    #[must_use]
    pub fn fit(&mut self, mut next: Config, zoom: Zoom) -> (Config, Zoom) {
        let (steps, features) = (next.planned_steps(), next.features);
        let zoom = self.zoom.fit(zoom, |zoom| zoom.filter(|&(_, to)| to <= steps));
        next.theta_0 = self.theta_0.fit(next.theta_0, |start| start.filter(|start| start.len() == features));
        let asked = next.branch.as_ref().map(|branch| branch.step);
        let step = self.branch_step.fit(asked, |step| step.map(|step| step.min(steps)));
        if let (Some(branch), Some(step)) = (next.branch.as_mut(), step) {
            branch.step = step;
        }
        if next.optimizer.searches() {
            next = for_search(next);
        }
        (next, zoom)
    }
}
