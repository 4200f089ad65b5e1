//! The guide: its plan fills 50 minutes, and each of its links opens a view that says so itself.

use thetahat::page::guide::CLASS;
use thetahat::page::link::{fragment, read};
use thetahat::page::view::View;

#[test]
fn the_class_has_fifty_minutes_without_gaps() {
    let ends: Vec<_> = CLASS.iter().map(|stop| stop.minutes).collect();
    assert_eq!((ends[0].0, ends[ends.len() - 1].1), (0, 50));
    assert!(ends.windows(2).all(|pair| pair[0].1 == pair[1].0), "{ends:?}");
    assert!(ends.iter().all(|(from, to)| from < to));
}

#[test]
fn every_link_opens_what_it_says() {
    let mut seen: Vec<View> = Vec::new();
    for stop in &CLASS {
        let (view, notices) = read(stop.link);
        assert!(notices.is_empty(), "{}: {notices:?}", stop.title);
        assert_eq!(fragment(&view), stop.link, "{}", stop.title);
        assert!(!seen.contains(&view), "{} shows what an earlier stop has shown", stop.title);
        seen.push(view);
    }
}
