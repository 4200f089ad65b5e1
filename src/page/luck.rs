//! Effect or luck: [`Bands`], 64 runs of the same settings behind the Lab's curves, and what is said of them and of pinned settings beside them.

use crate::base::words::{count, number, rounded};
use crate::lecture::data::simulation::SimulationKey;
use crate::lecture::run::seeds::{Curves, CurvesRequest, Luck, middle};
use crate::lecture::settings::config::Config;
use crate::lecture::verdict::luck::Pairs;

use super::names::listed_name;

/// How many runs make a band.
pub const RUNS: u32 = 64;
/// At about how many steps they are looked at.
const ENTRIES: usize = 400;
/// For how long a band that is not wanted any more is still waited for, in milliseconds: while a slider moves, one that is a moment late is better than none.
const LATE: f64 = 150.0;

/// What bands are wanted for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wanted {
    /// The band behind the curves first, then the pinned settings that it can be held against.
    pub requests: Vec<CurvesRequest>,
    /// The pins by their place in the list, and which request is for them; none where they cannot be held against the run.
    pub pins: Vec<(usize, Config, Option<usize>)>,
}

impl Wanted {
    /// For the Lab's first run and the pinned ones, over the steps that are shown.
    #[must_use]
    pub fn new(first: &Config, pins: &[Config], luck: Luck, zoom: Option<(usize, usize)>) -> Self {
        let of = |config: &Config, window, entries| CurvesRequest {
            config: Config { print_every: 1, ..config.clone() },
            runs: RUNS,
            luck,
            window,
            entries,
        };
        let can_run = |config: &Config| config.branch.is_none() && config.steps() > 0;
        if !can_run(first) {
            return Self::default();
        }
        let mut wanted =
            Self { requests: vec![of(first, zoom.unwrap_or((0, first.steps())), ENTRIES)], pins: Vec::new() };
        for (place, pin) in pins.iter().enumerate() {
            let is_alike = can_run(pin) && SimulationKey::of(pin) == SimulationKey::of(first);
            let at = is_alike.then_some(wanted.requests.len());
            wanted.pins.push((place, pin.clone(), at));
            if is_alike {
                wanted.requests.push(of(pin, (pin.steps(), pin.steps()), 1));
            }
        }
        wanted
    }
}

/// What is to be done to learn of the wanted bands.
#[derive(Clone, Debug, PartialEq)]
pub enum Next {
    /// Ask for it.
    Ask(CurvesRequest),
    /// Forget what was asked for, and ask for this.
    Replace(CurvesRequest),
}

/// What is known of bands.
#[derive(Clone, Debug, Default)]
pub struct Bands {
    wanted: Wanted,
    known: Vec<(CurvesRequest, Curves)>,
    /// The newest band that came for the curves, which is shown until another one comes.
    shown: Option<(CurvesRequest, Curves)>,
    /// What was asked for, and when.
    under_way: Option<(CurvesRequest, f64)>,
    trouble: Option<String>,
}

impl Bands {
    /// These are wanted from now on.
    pub fn want(&mut self, wanted: Wanted) {
        if wanted == self.wanted {
            return;
        }
        let luck = wanted.requests.first().map(|request| request.luck);
        self.shown.take_if(|(request, _)| Some(request.luck) != luck);
        self.known.retain(|(request, _)| wanted.requests.contains(request));
        self.wanted = wanted;
        self.trouble = None;
    }

    /// What is to be done at this time, in milliseconds; nothing where all is known, or an answer is near.
    pub fn next(&mut self, now: f64) -> Option<Next> {
        let is_known = |request: &&CurvesRequest| self.known.iter().any(|(known, _)| known == *request);
        let next = self.wanted.requests.iter().find(|request| !is_known(request));
        let next = next.filter(|_| self.trouble.is_none()).cloned();
        let ask = match (&self.under_way, next) {
            (None, next) => Next::Ask(next?),
            (Some((asked, since)), Some(next)) if *asked != next && now - since > LATE => Next::Replace(next),
            (Some(_), _) => return None,
        };
        let (Next::Ask(request) | Next::Replace(request)) = &ask;
        self.under_way = Some((request.clone(), now));
        Some(ask)
    }

    /// For how long [`Self::next`] need not be asked again, if it waits for what is not wanted any more.
    #[must_use]
    pub fn wait(&self, now: f64) -> Option<f64> {
        let (asked, since) = self.under_way.as_ref()?;
        (!self.wanted.requests.contains(asked)).then(|| (since + LATE - now).max(0.0) + 1.0)
    }

    /// What was asked for has come.
    pub fn take(&mut self, curves: Curves) {
        let Some((request, _)) = self.under_way.take() else { return };
        // one of the same kind as is shown, though perhaps of settings of a moment ago
        let is_band = request.entries == ENTRIES
            && self.wanted.requests.first().is_some_and(|wanted| wanted.luck == request.luck);
        if is_band {
            self.shown = Some((request.clone(), curves.clone()));
        }
        if self.wanted.requests.contains(&request) {
            self.known.push((request, curves));
        }
    }

    /// What was asked for will not come, for a reason.
    pub fn fail(&mut self, sentence: &str) {
        self.under_way = None;
        self.trouble = Some(sentence.to_owned());
    }

    /// Whether everything that is wanted is known, or never will be.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        self.trouble.is_some() || self.wanted.requests.iter().all(|request| self.of(request).is_some())
    }

    /// The band behind the curves.
    #[must_use]
    pub fn shown(&self) -> Option<&Curves> {
        self.shown.as_ref().map(|(_, curves)| curves)
    }

    fn of(&self, request: &CurvesRequest) -> Option<&Curves> {
        self.known.iter().find(|(known, _)| known == request).map(|(_, curves)| curves)
    }

    /// What the band is, how the runs end, and whether pinned settings end differently by more than luck.
    #[must_use]
    pub fn sentences(&self) -> Vec<String> {
        if let Some(trouble) = &self.trouble {
            return vec![trouble.clone()];
        }
        let Some(request) = self.wanted.requests.first() else {
            return vec!["A run that branches, or takes no steps, has no band.".to_owned()];
        };
        let Some(curves) = self.of(request) else { return vec![format!("Computing {RUNS} runs …")] };
        // Pins of several programs may have the same bits: what is said of them is said once.
        let mut verdicts: Vec<(String, String)> = Vec::new();
        for (place, pin, at) in &self.wanted.pins {
            let name = listed_name(*place, pin);
            let of = at.and_then(|at| self.wanted.requests.get(at));
            let verdict = match of {
                None => "other data, or a branch, so its runs cannot be paired with these.".to_owned(),
                Some(of) => {
                    let pairs = self.of(of).and_then(|other| Pairs::of(&curves.finals, &other.finals));
                    let is_full = |config: &Config| config.rows_per_batch() == config.samples;
                    let only_rounding = is_full(&request.config) && is_full(pin) && request.luck == Luck::Shuffles;
                    pairs.map_or_else(|| "…".to_owned(), |pairs| compared(&pairs, request.luck, only_rounding))
                }
            };
            match verdicts.iter_mut().find(|(_, known)| *known == verdict) {
                Some((names, _)) => *names = format!("{names}; {name}"),
                None => verdicts.push((name, verdict)),
            }
        }
        let pins = verdicts.into_iter().map(|(names, verdict)| format!("{names}: {verdict}"));
        std::iter::once(about(request, curves)).chain(pins).collect()
    }
}

/// What the band is, and where its runs end.
fn about(request: &CurvesRequest, curves: &Curves) -> String {
    let mut finals = curves.finals.clone();
    let [low, median, high] = middle(&mut finals)
        .map(|value| if value.is_finite() { number(f64::from(value)) } else { "beyond float32".to_owned() });
    let program = request.config.program;
    let which = match request.luck {
        Luck::Shuffles => "on the same data from the same θ₀, each with shuffles of its own".to_owned(),
        Luck::Data => {
            let seed = request.config.seed;
            let start = if request.config.theta_0.is_some() { "" } else { ", θ₀" };
            let last = seed.wrapping_add(i64::from(RUNS) - 1);
            format!("with seeds {seed} to {last}, each with data{start} and shuffles of its own")
        }
    };
    format!(
        "Band: the middle 90 % of {RUNS} runs of {program} {which}; the line in it is their median. They end at ‖θ − θ̂‖ from {low} to {high}, median \
         {median}."
    )
}

/// Whether pinned settings end differently by more than luck, and how that was judged. With full batches, shuffles change nothing but the order of sums.
fn compared(pairs: &Pairs, luck: Luck, only_rounding: bool) -> String {
    let same = match luck {
        Luck::Shuffles => "the same shuffles",
        Luck::Data => "the same seed",
    };
    let Pairs { count: all, lost, nearer, equal, middle, ratio: [low, _, high] } = *pairs;
    if all == 0 {
        return format!(
            "leaves float32 in all {lost} pairs of runs with {same}, and so does the run shown: there is nothing to compare."
        );
    }
    let lost = if lost > 0 { format!(" In {} both leave float32.", count(lost, "pair")) } else { String::new() };
    let rounding = if only_rounding {
        " With full batches, shuffles change only the order of sums: what differs between pairs is rounding."
    } else {
        ""
    };
    if equal == all {
        return format!("ends equally far from θ in all {all} pairs of runs with {same}.{lost}");
    }
    let farther = all - nearer - equal;
    let (word, often) = if nearer >= farther { ("nearer to", nearer) } else { ("farther from", farther) };
    let ends = [low, high].map(times);
    let extreme = if low > 0.0 && high.is_finite() {
        ""
    } else {
        " (0 or ∞ where one of the two ends at θ itself or leaves float32)"
    };
    let range = format!("× {} to × {}", ends[0], ends[1]);
    let verdict = if pairs.is_effect() {
        "so the difference is larger than luck: no difference (× 1) lies outside"
    } else if pairs.leans() {
        "so no difference (× 1) lies within: in a single pair either may come out ahead, but over all pairs that is more than luck"
    } else {
        "so it may be luck: no difference (× 1) lies within"
    };
    format!(
        "ends {word} θ in {often} of {} with {same}. The middle 90 % of pairs ({middle}) have {range} the distance of the run shown{extreme}, {verdict}.{lost}{rounding}",
        count(all, "pair")
    )
}

/// A ratio with three digits, or as many more as tell it from 1.
fn times(ratio: f32) -> String {
    if ratio.is_infinite() {
        return "∞".to_owned();
    }
    let digits = (3..9).find(|&digits| ratio == 1.0 || rounded(f64::from(ratio), digits) != "1");
    rounded(f64::from(ratio), digits.unwrap_or(9))
}
