//! The built page, used in real browsers: one program of all files beside this one, each of which is run because it is there.

automod::dir!("tests");
