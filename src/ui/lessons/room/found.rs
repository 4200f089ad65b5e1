//! What is to be found out in a scene: a number that the learner says, or something that the Lab has to show.

use leptos::prelude::*;

use crate::lecture::settings::config::{Approach, Config};
use crate::page::lessons::course::Stage;
use crate::page::lessons::form::{COMING, CheckKind, NumberAsk, Seen};
use crate::page::lessons::judge::{Judgement, judge_number};
use crate::page::lessons::work::{Attempt, Guess};
use crate::ui::state::page::put;

use super::Room;

impl Room {
    /// What is asked for, if it is a number.
    pub fn number_check(self) -> Option<&'static NumberAsk> {
        self.course.with(|course| match &course.as_ref()?.scene().check.as_ref()?.kind {
            CheckKind::Number(ask) => Some(ask),
            CheckKind::Lab { .. } => None,
        })
    }

    /// What is to be said of the last number that was found out.
    pub fn number_judgement(self) -> Option<Judgement> {
        let ask = self.number_check()?;
        self.course.with(|course| {
            let Some(Guess::Number(said)) = course.as_ref()?.said().attempts.last()?.said else { return None };
            self.facts.with(|facts| judge_number(ask, said, facts))
        })
    }

    /// Says a number that was found out.
    pub fn answer(self, number: f64) {
        let ask = untrack(|| self.number_check());
        let judged = ask.and_then(|ask| self.facts.with_untracked(|facts| judge_number(ask, number, facts)));
        let Some(judged) = judged else {
            self.waiting.set_value(Some(number));
            return put(self.hint, COMING.to_owned());
        };
        put(self.hint, String::new());
        let run = untrack(|| self.first_run());
        let attempt = Attempt { said: Some(Guess::Number(number)), run, shown: self.lab.shown.get_untracked() };
        self.change(|course| course.attempt(attempt, judged.right == Some(true)));
    }

    /// Judges a number that was said before it was known what the runs say, once more is known.
    pub(super) fn answer_again(self) {
        self.facts.with(|_| ());
        if let Some(number) = self.waiting.try_update_value(Option::take).flatten() {
            untrack(|| self.answer(number));
        }
    }

    fn first_run(self) -> Config {
        let first = self.lab.shown.get().iter().next().unwrap_or(Approach::Raw);
        self.lab.run(first)
    }

    /// Looks whether the Lab shows what was to be found out.
    pub(super) fn look(self) {
        let waits = self.course.with(|course| {
            let course = course.as_ref().filter(|course| course.stage() == Stage::Check)?;
            match &course.scene().check.as_ref()?.kind {
                CheckKind::Lab { holds, .. } => Some(*holds),
                CheckKind::Number(_) => None,
            }
        });
        // as long as the Lab still shows something else than what is to be shown here, it has found nothing
        let is_set = self.due.with(Option::is_none);
        let Some(holds) = waits.filter(|_| is_set) else { return };
        let (view, wanted) = (self.lab.view(self.time), self.first_run());
        let found = self.runs.board.with(|board| {
            let run = board.first().filter(|run| board.is_complete() && run.config == wanted)?;
            Some(self.facts.with(|facts| holds(&Seen { view: &view, run }, facts)))
        });
        match found {
            Some(Ok(())) => {
                put(self.hint, String::new());
                let shown = self.lab.shown.get_untracked();
                self.change(|course| course.attempt(Attempt { said: None, run: wanted, shown }, true));
            }
            Some(Err(hint)) => put(self.hint, hint.to_owned()),
            None => {}
        }
    }
}
