//! [`ModulesState`]: what the tab of modules shows, the modules that were taken apart, and the training of the network.

use leptos::prelude::*;

use crate::lecture::settings::config::Approach;
use crate::page::asked::inspected;
use crate::page::modules::lbfgs::Lbfgs;
use crate::page::modules::network::Network;
use crate::page::modules::{is_of_run, status, subject};
use crate::page::view::{ModulesView, Room};
use crate::web::frames::Repaint;
use crate::worker::protocol::{Anatomy, AskId, Body, JobRequest, LbfgsRequest, MlpRequest, ModulesRequest, StepRef};

use crate::ui::lab::state::LabState;
use crate::ui::state::page::put;
use crate::ui::state::{Compute, Runs, Time};

/// What the tab of modules shows. Copies share their signals.
#[derive(Clone, Copy)]
pub struct ModulesState {
    /// What it shows.
    pub view: RwSignal<ModulesView>,
    /// Modules that were taken apart, and what was asked; older ones until the answer has come.
    pub found: RwSignal<Option<(ModulesRequest, Anatomy)>>,
    /// The training of the network.
    pub network: RwSignal<Network>,
    /// The training by L-BFGS.
    pub lbfgs: RwSignal<Lbfgs>,
    /// How many epochs of the network's training are shown; the newest one if there is none.
    pub epoch: RwSignal<Option<usize>>,
    /// Whether its own time runs.
    pub playing: RwSignal<bool>,
    /// The question about modules that is under way, with the newest request for runs at that time.
    under_way: RwSignal<Option<(ModulesRequest, AskId, AskId)>>,
    /// The training that is under way.
    training: StoredValue<Option<AskId>>,
    /// The training by L-BFGS that is under way.
    search: StoredValue<Option<AskId>>,
    paint: StoredValue<Repaint, LocalStorage>,
}

impl ModulesState {
    /// The tab of a view.
    pub fn new(view: ModulesView) -> Self {
        let network = RwSignal::new(Network::default());
        Self {
            view: RwSignal::new(view),
            found: RwSignal::new(None),
            network,
            lbfgs: RwSignal::new(Lbfgs::default()),
            epoch: RwSignal::new(None),
            playing: RwSignal::new(false),
            under_way: RwSignal::new(None),
            training: StoredValue::new(None),
            search: StoredValue::new(None),
            paint: StoredValue::new_local(Repaint::new(move || network.notify())),
        }
    }

    /// What is shown, as it stands in the link.
    pub fn view(self) -> ModulesView {
        self.view.get()
    }

    /// Shows something else.
    pub fn show(self, view: ModulesView) {
        put(self.view, view);
    }

    /// What the open room shows, in words.
    pub fn shown(self) -> String {
        match self.view.with(|view| view.room) {
            Room::Network => "Mlp 2-128-128-1: modules inside a module".to_owned(),
            Room::Lbfgs => "A linear layer by L-BFGS, through the split step".to_owned(),
            Room::Generator => "A generator that is used up".to_owned(),
            _ => self.found.with(|found| {
                found.as_ref().map_or_else(|| "Taking the modules apart …".to_owned(), |(_, anatomy)| status(anatomy))
            }),
        }
    }

    /// Changes what is shown, if that is a change.
    pub fn change(self, change: impl FnOnce(&mut ModulesView)) {
        let mut next = self.view.get_untracked();
        change(&mut next);
        put(self.view, next);
    }

    /// Asks for the modules at the playhead, unless they are known or a question is under way.
    pub fn ask(self, (lab, runs, time): (LabState, Runs, Time), compute: Compute) {
        let newest = runs.asked.get();
        let Some(subject) = self.view.with(subject) else { return };
        let config = lab.run(Approach::Module);
        let mut request = ModulesRequest { subject, config, step: None };
        if is_of_run(subject) && request.config.steps() > 0 {
            let playhead = time.step();
            request.step = runs.board.with(|board| {
                let recording = board.of(Approach::Module)?;
                let step = inspected(playhead, &recording.config);
                let is_ready = recording.place.ask == board.id() && recording.len() > step;
                is_ready.then_some(StepRef { run: recording.place, step })
            });
            if request.step.is_none() {
                return;
            }
        }
        let is_known = self.found.with(|found| found.as_ref().is_some_and(|(known, _)| *known == request));
        // a newer request for runs forgets the questions before it
        let is_asked = self.under_way.with(|asked| asked.as_ref().is_some_and(|(.., runs)| *runs == newest));
        if is_known || is_asked {
            return;
        }
        if let Some(id) = compute.with(|bridge| bridge.ask(JobRequest::Modules(request.clone()))).flatten() {
            self.under_way.set(Some((request, id, newest)));
        }
    }

    /// Modules were taken apart.
    pub fn receive(self, id: AskId, anatomy: Anatomy) {
        let request = self.under_way.with_untracked(|asked| {
            asked.as_ref().filter(|(_, asked, _)| *asked == id).map(|(request, ..)| request.clone())
        });
        if let Some(request) = request {
            self.found.set(Some((request, anatomy)));
        }
    }

    /// No more answers come to a request.
    pub fn end(self, id: AskId) {
        if self.under_way.with_untracked(|asked| asked.as_ref().is_some_and(|(_, asked, _)| *asked == id)) {
            self.under_way.set(None);
        }
        if self.training.get_value() == Some(id) {
            self.training.set_value(None);
            self.network.update(Network::stop);
        }
        if self.search.get_value() == Some(id) {
            self.search.set_value(None);
            self.lbfgs.update(Lbfgs::stop);
        }
    }

    /// Trains the network from its start.
    pub fn train(self, compute: Compute) {
        self.forget(compute);
        let request = MlpRequest::default();
        let id = compute.with(|bridge| bridge.ask(JobRequest::Mlp(request.clone()))).flatten();
        self.training.set_value(id);
        self.playing.set(false);
        put(self.epoch, None);
        if id.is_some() {
            self.network.update(|network| network.start(request));
        }
    }

    /// Ends the training; what has come stays.
    pub fn stop(self, compute: Compute) {
        self.forget(compute);
        self.network.update(Network::stop);
    }

    fn forget(self, compute: Compute) {
        if let Some(id) = self.training.get_value() {
            compute.with(|bridge| bridge.forget(id));
        }
        self.training.set_value(None);
    }

    /// Runs the script with L-BFGS from its start.
    pub fn run_lbfgs(self, compute: Compute) {
        let id = compute.with(|bridge| bridge.ask(JobRequest::Lbfgs(LbfgsRequest::default()))).flatten();
        self.search.set_value(id);
        if id.is_some() {
            self.lbfgs.update(Lbfgs::start);
        }
    }

    /// Takes some more of a training.
    pub fn trained(self, id: AskId, body: Body) {
        if self.search.get_value() == Some(id) {
            self.lbfgs.update(|lbfgs| {
                lbfgs.take(body);
            });
            return;
        }
        if self.training.get_value() == Some(id) {
            self.network.update_untracked(|network| {
                network.take(body);
            });
            self.paint.with_value(Repaint::ask);
        }
    }

    /// How many epochs of the network's training are shown.
    pub fn shown_epoch(self) -> usize {
        let known = self.network.with(|network| network.losses.len());
        self.epoch.get().map_or(known, |epoch| epoch.min(known))
    }
}
