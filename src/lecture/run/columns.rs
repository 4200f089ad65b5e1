//! [`Columns`]: the long columns of numbers of what a run records, apart from all else that is in it.
//!
//! Between the page and its worker they travel in one buffer that is handed over and not copied (`web/codec`). A payload says what its columns are beside its
//! own definition, so that nothing else has to know them.

/// A payload with long columns.
pub trait Columns {
    /// Its columns, always the same ones in the same order.
    fn columns(&mut self) -> Vec<Column<'_>>;
}

/// Numbers of 32 bits each.
#[derive(Debug)]
pub enum Column<'a> {
    /// Floats; their bits travel, so that each arrives as it was, those that are no numbers, too.
    Floats(&'a mut Vec<f32>),
    /// Integers.
    Words(&'a mut Vec<u32>),
}

impl Column<'_> {
    /// How many numbers there are.
    #[must_use]
    pub fn count(&self) -> usize {
        match self {
            Self::Floats(column) => column.len(),
            Self::Words(column) => column.len(),
        }
    }

    /// Moves the numbers to the end of a buffer.
    pub fn pack(self, buffer: &mut Vec<u32>) {
        match self {
            Self::Floats(column) => buffer.extend(column.drain(..).map(f32::to_bits)),
            Self::Words(column) => buffer.append(column),
        }
    }

    /// Puts these numbers, as they were packed, in the place of those that are there.
    pub fn unpack(self, words: &[u32]) {
        match self {
            Self::Floats(column) => *column = words.iter().map(|&word| f32::from_bits(word)).collect(),
            Self::Words(column) => *column = words.to_vec(),
        }
    }
}
