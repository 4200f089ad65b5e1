//! The guide within the page: how to read it, and a plan of a class of 50 minutes, each stop of which is a link to what is shown then.

/// Something on the page, and how to read it.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    /// What it is called.
    pub title: &'static str,
    /// How to read it.
    pub text: &'static str,
}

/// How to read the page, in the order in which it is seen.
pub const PARTS: [Part; 6] = [
    Part {
        title: "Settings",
        text: "Every field and slider runs the whole training again, at once. The marks on the track of the learning rate are the limits \
               that hold for these data, this optimizer and this batch size; a click uses one. The arrow beside a field brings the \
               lecture’s value back.",
    },
    Part {
        title: "Parameter plane",
        text: "Lines of equal loss over all samples, the true parameters, the least-squares solution, and a path for each program, step by \
               step. Drag its start to begin elsewhere.",
    },
    Part {
        title: "Loss and distance",
        text: "The loss of each step’s batch, and how far the parameters are from the true ones then. Drag in a chart to move through time.",
    },
    Part {
        title: "Timeline",
        text: "All panels show the same step. Play it, go step by step with the arrow keys, or drag; slow motion goes through the parts of \
               each step.",
    },
    Part {
        title: "Homework",
        text: "In the tab Lessons a teacher selects lessons and gets a link for the class. Each student has data of their own and hands in a link or a \
               file; “Check hand-ins” runs all of them again and shows a table.",
    },
    Part {
        title: "Share",
        text: "The link opens exactly what is on screen, and its QR code brings it to every phone in the room. The menu Export has files, \
               frames for slides, and a handout to print.",
    },
];

/// A stop of the class.
#[derive(Clone, Copy, Debug)]
pub struct Stop {
    /// From which minute to which.
    pub minutes: (u32, u32),
    /// What it is about.
    pub title: &'static str,
    /// What to ask, and what to show.
    pub text: &'static str,
    /// What is on screen: the fragment of a link.
    pub link: &'static str,
}

/// A class of 50 minutes.
pub const CLASS: [Stop; 9] = [
    Stop {
        minutes: (0, 6),
        title: "One training, written twice",
        text: "Ask first: do functions and a module compute the same? Read the sentence under the charts, then play the run.",
        link: "lab&v=2",
    },
    Stop {
        minutes: (6, 13),
        title: "The learning rate",
        text: "Let the class guess what ten times the rate does to the loss. Move the slider slowly and watch both charts.",
        link: "lab&v=2&lr=0.01&show=raw",
    },
    Stop {
        minutes: (13, 18),
        title: "Too fast",
        text: "The loss grows, if not at every step. Lower the rate to the marks on its track: which of them has to be kept?",
        link: "lab&v=2&lr=1.2&epochs=20&show=raw",
    },
    Stop {
        minutes: (18, 25),
        title: "Noise",
        text: "The path arrives and then goes on around the solution. What helps: smaller steps, larger batches, or more epochs?",
        link: "lab&v=2&lr=0.2&batch=4&epochs=20&sigma=1&show=raw&behind=fullbatch&spread=1",
    },
    Stop {
        minutes: (25, 32),
        title: "One step, forward",
        text: "Follow one batch through the program: each operation shows its numbers, which are those of the run.",
        link: "step&v=2&step=1000&stage=predict&of=raw",
    },
    Stop {
        minutes: (32, 38),
        title: "One step, backward",
        text: "The cotangents come in the reverse order. Let somebody work out one of them by hand before it is shown.",
        link: "step&v=2&step=1000&stage=backward&of=raw",
    },
    Stop {
        minutes: (38, 43),
        title: "Modules",
        text: "Split the module: what is fixed, what does a step change, and why does the gradient look like the state?",
        link: "modules&v=2&step=1000&room=split",
    },
    Stop {
        minutes: (43, 46),
        title: "Why is nothing learned?",
        text: "The generator of batches is made once, outside of the loop. Let the class find the line before you show it.",
        link: "modules&v=2&batch=64&epochs=500&start=lecture&module=pitfall&room=generator",
    },
    Stop {
        minutes: (46, 50),
        title: "All rates, all batch sizes",
        text: "Every cell is a whole training. Where would you work, and what does a larger batch buy?",
        link: "map&v=2",
    },
];
