//! What several panels are made of: [`figure`] is a chart on canvases, [`caption`] the line that says what it shows, [`pinch`] two fingers on one, [`values`] its table, [`arriving`] a place for code that is fetched when it is first used, [`place`] is where content is exchanged as a whole, [`slices`] build it bit by bit, [`effects`] are reactive texts and attributes.

pub mod arriving;
pub mod caption;
pub mod effects;
pub mod figure;
pub mod pinch;
pub mod place;
pub mod slices;
pub mod values;
