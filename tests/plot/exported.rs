//! Pictures that are taken along: their size, what stands below the chart, and room at the edge.

use thetahat::plot::{Paper, Theme, picture};

#[test]
fn a_picture_has_words_below_its_chart_and_room_around_it() {
    let theme = Theme::light(8.0).for_svg();
    let words: Vec<String> = (0..20).map(|n| format!("setting {n}")).collect();
    let drawn = |words: &[String]| {
        let mut size = (0, 0);
        let text = picture((640, 480), 8.0, words, &theme, |area: &dyn Paper| size = area.size());
        (text, size)
    };
    let (svg, (width, height)) = drawn(&words);
    let head = "<svg width=\"640\" height=\"480\" viewBox=\"0 0 5120 3840\"";
    assert!(svg.starts_with(head), "{}", &svg[..80]);
    assert!(words.iter().all(|word| svg.contains(word)));
    let lines = svg.matches("<text").count();
    assert!((2..6).contains(&lines), "{lines} lines");
    let (_, (wide, high)) = drawn(&[]);
    assert!(width == wide && wide < 5120 && height < high && high < 3840, "{width} {height}, {wide} {high}");
}
