//! What a chart shows, as rows of numbers.

/// A chart's values at a few dozen of its places.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Table {
    /// What the rows are counted by: `step`, or `sample`.
    pub key: &'static str,
    /// The names of the values.
    pub columns: Vec<String>,
    /// In ascending order.
    pub rows: Vec<Row>,
}

/// The values at one place.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The step, or the sample's index.
    pub at: usize,
    /// One for each column; none where there is no value. What is there may be infinite or no number.
    pub values: Vec<Option<f64>>,
}

/// About `most` integers from `first` to `last` with equal distances, both ends among them.
pub fn spread(first: usize, last: usize, most: usize) -> Vec<usize> {
    let every = last.saturating_sub(first).div_ceil(most.saturating_sub(1).max(1)).max(1);
    let mut places: Vec<usize> = (first..=last).step_by(every).collect();
    if places.last().is_some_and(|place| *place != last) {
        places.push(last);
    }
    places
}
