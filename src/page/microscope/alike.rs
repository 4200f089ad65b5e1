//! [`alike`]: which equations of one printed program are those of another, so that pointing at a line of any program finds its line of code and its value.
//!
//! Two equations are the same if they apply the same primitive with the same parameters to the same values and make values of the same types. Names differ from
//! program to program, so they are matched as they come: an input is whatever input first stands in its place and has its type. What is left then is looked through
//! once more: where only a value that was rewritten differs, what reads it is the same, and so the rewritten value is the one that stands in its place.

use super::sheets::lines;

/// Something known of some names: there are few, so looking through them is quicker than hashing, and less code.
type Names<'a, T> = Vec<(&'a str, T)>;

/// What is known of a name.
fn of<T: Copy>(names: &[(&str, T)], name: &str) -> Option<T> {
    names.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
}

/// An equation as it is printed.
struct Equation<'a> {
    /// What it makes: names and types.
    made: Vec<(&'a str, &'a str)>,
    /// The primitive with its parameters.
    applies: String,
    /// Names and literals.
    reads: Vec<String>,
}

/// A program as it is printed.
struct Program<'a> {
    equations: Vec<Option<Equation<'a>>>,
    /// The types of its inputs.
    inputs: Names<'a, &'a str>,
    /// Of each value that it makes, which equation does, and its type.
    makers: Names<'a, (usize, &'a str)>,
}

impl Program<'_> {
    /// The type of what an equation reads.
    fn kind<'b>(&'b self, read: &'b str) -> Option<&'b str> {
        let made = of(&self.makers, read).map(|(_, kind)| kind);
        made.or_else(|| of(&self.inputs, read)).or_else(|| read.split_once(':').map(|(_, kind)| kind))
    }
}

/// For each equation of a program, the number of the equation of another one that does the same.
#[must_use]
pub fn alike(text: &str, other: &str) -> Vec<Option<usize>> {
    let (program, other) = (read(text), read(other));
    let mut search = Search {
        program: &program,
        other: &other,
        names: Vec::new(),
        found: vec![None; program.equations.len()],
        is_used: vec![false; other.equations.len()],
    };
    search.look(false);
    search.look(true);
    search.found
}

/// What is matched so far.
struct Search<'a> {
    program: &'a Program<'a>,
    other: &'a Program<'a>,
    /// What the values of the one are called in the other.
    names: Names<'a, &'a str>,
    found: Vec<Option<usize>>,
    is_used: Vec<bool>,
}

impl<'a> Search<'a> {
    /// Looks for every equation that is not found yet; with `is_lenient`, for those that read what was rewritten, too.
    fn look(&mut self, is_lenient: bool) {
        let (program, other) = (self.program, self.other);
        for (at, equation) in program.equations.iter().enumerate() {
            let Some(equation) = equation.as_ref().filter(|_| self.found[at].is_none()) else { continue };
            let same = other.equations.iter().enumerate().find_map(|(place, candidate)| {
                let candidate = candidate.as_ref().filter(|_| !self.is_used[place])?;
                Some((place, self.unify(equation, candidate, is_lenient)?))
            });
            let Some((place, names)) = same else { continue };
            for (a, b) in &names {
                // a value that stands in the place of another was made in its place
                if let (Some((one, _)), Some((two, _))) = (of(&program.makers, a), of(&other.makers, b))
                    && self.found[one].is_none()
                    && !self.is_used[two]
                {
                    self.found[one] = Some(two);
                    self.is_used[two] = true;
                }
            }
            self.names.extend(names);
            self.found[at] = Some(place);
            self.is_used[place] = true;
        }
    }

    /// The names that two equations fix if they do the same.
    fn unify(&self, one: &'a Equation<'a>, two: &'a Equation<'a>, is_lenient: bool) -> Option<Vec<(&'a str, &'a str)>> {
        let types = one.made.iter().map(|made| made.1).eq(two.made.iter().map(|made| made.1));
        if one.applies != two.applies || one.reads.len() != two.reads.len() || !types {
            return None;
        }
        let mut names: Vec<(&str, &str)> = Vec::new();
        for (a, b) in one.reads.iter().map(String::as_str).zip(two.reads.iter().map(String::as_str)) {
            let known = of(&self.names, a).or_else(|| of(&names, a));
            if let Some(known) = known {
                if known != b {
                    return None;
                }
                continue;
            }
            let are_literals = a.contains(':') || b.contains(':');
            if are_literals && !is_lenient || a.contains(':') {
                if a != b {
                    return None;
                }
                continue;
            }
            let are_inputs = of(&self.program.inputs, a).is_some() && of(&self.other.inputs, b).is_some();
            let is_free = !self.names.iter().chain(&names).any(|(_, taken)| *taken == b);
            if !(is_free && (are_inputs || is_lenient) && self.program.kind(a) == self.other.kind(b)) {
                return None;
            }
            names.push((a, b));
        }
        names.extend(one.made.iter().zip(&two.made).map(|(a, b)| (a.0, b.0)));
        Some(names)
    }
}

fn read(text: &str) -> Program<'_> {
    let head = text.split_once(". let").map_or("", |(head, _)| head);
    let inputs = head.split_whitespace().filter_map(|word| word.split_once(':')).collect();
    let mut equations: Vec<Vec<&str>> = Vec::new();
    for (line, number) in lines(text) {
        if let Some(number) = number {
            equations.resize_with(equations.len().max(number + 1), Vec::new);
            equations[number].push(line.trim());
        }
    }
    let equations: Vec<Option<Equation<'_>>> = equations.into_iter().map(|lines| equation(&lines)).collect();
    let mut makers = Vec::new();
    for (at, equation) in equations.iter().enumerate() {
        makers.extend(equation.iter().flat_map(|equation| &equation.made).map(|(name, kind)| (*name, (at, *kind))));
    }
    Program { equations, inputs, makers }
}

/// An equation of its lines; nothing of what is none. Only the first line names what is made.
fn equation<'a>(lines: &[&'a str]) -> Option<Equation<'a>> {
    let (first, rest) = lines.split_first()?;
    let (made, applies) = first.split_once(" = ")?;
    let made = made.split_whitespace().filter_map(|word| word.split_once(':')).collect();
    let whole = [&[applies], rest].concat().join(" ");
    let end = end_of_parameters(&whole);
    let (applies, reads) = whole.split_at(end);
    let reads = reads.split_whitespace().map(ToOwned::to_owned).collect();
    Some(Equation { made, applies: applies.trim().to_owned(), reads })
}

/// Where the name of a primitive ends, and the brackets of its parameters.
fn end_of_parameters(text: &str) -> usize {
    let name = text.find([' ', '[']).unwrap_or(text.len());
    if !text[name..].starts_with('[') {
        return name;
    }
    let mut depth = 0_usize;
    for (at, letter) in text[name..].char_indices() {
        match letter {
            '[' => depth += 1,
            ']' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return name + at + 1;
        }
    }
    text.len()
}
