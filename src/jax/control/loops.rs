//! [`While`]: a loop as an operation.

use crate::base::error::Result;

use super::super::core::ShapedArray;
use super::super::extension::{Operation, Printed};
use super::{Control, Layout, Program, layout};

/// `while`: its operands are constants of the condition, constants of the body, and what the first turn takes; its results what the last turn leaves.
#[derive(Clone, Debug)]
pub struct While {
    /// How many constants the condition has, and the body.
    pub constants: [usize; 2],
    /// From its constants and what a turn takes to a bool scalar.
    pub condition: Program,
    /// From its constants and what a turn takes to what the next one takes.
    pub body: Program,
    /// The types of what goes from turn to turn.
    pub carry: Layout,
}

impl Operation for While {
    fn name(&self) -> &'static str {
        "while"
    }

    fn parameters(&self) -> Vec<(&'static str, String)> {
        let [condition, body] = self.constants.map(|count| count.to_string());
        vec![
            ("body_jaxpr", self.body.text().to_owned()),
            ("body_nconsts", body),
            ("cond_jaxpr", self.condition.text().to_owned()),
            ("cond_nconsts", condition),
        ]
    }

    fn printed(&self) -> Vec<(&'static str, Printed<'_>)> {
        let [condition, body] = self.constants.map(|count| Printed::Text(count.to_string()));
        vec![
            ("body_jaxpr", Printed::Program(self.body.jaxpr())),
            ("body_nconsts", body),
            ("cond_jaxpr", Printed::Program(self.condition.jaxpr())),
            ("cond_nconsts", condition),
        ]
    }

    fn aval(&self, _: &[ShapedArray]) -> Result<ShapedArray> {
        Ok(layout(&self.carry))
    }

    fn prepare(&self) -> Result<()> {
        self.condition.prepare()?;
        self.body.prepare()
    }

    fn run(&self, _: &[ShapedArray], inputs: &[&[u32]], out: &mut [u32]) {
        let (Some(mut condition), Some(mut body)) = (self.condition.executable(), self.body.executable()) else {
            return;
        };
        let [of_condition, of_body] = self.constants;
        let (constants, carry) = inputs.split_at(of_condition + of_body);
        for (i, words) in constants.iter().enumerate() {
            match i.checked_sub(of_condition) {
                None => condition.input_mut(i).copy_from_slice(words),
                Some(i) => body.input_mut(i).copy_from_slice(words),
            }
        }
        let mut at = 0;
        for words in carry {
            out[at..at + words.len()].copy_from_slice(words);
            at += words.len();
        }
        loop {
            let mut at = 0;
            for (i, aval) in self.carry.iter().enumerate() {
                condition.input_mut(of_condition + i).copy_from_slice(&out[at..at + aval.size()]);
                at += aval.size();
            }
            condition.run();
            if condition.output(0) == [0] {
                return;
            }
            let mut at = 0;
            for (i, aval) in self.carry.iter().enumerate() {
                body.input_mut(of_body + i).copy_from_slice(&out[at..at + aval.size()]);
                at += aval.size();
            }
            body.run();
            let mut at = 0;
            for (i, aval) in self.carry.iter().enumerate() {
                out[at..at + aval.size()].copy_from_slice(body.output(i));
                at += aval.size();
            }
        }
    }

    fn control(&self) -> Option<Control<'_>> {
        Some(Control::While(self))
    }
}
