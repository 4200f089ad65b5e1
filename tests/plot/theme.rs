//! Contrast, and that no approach looks like another.

use thetahat::plot::{Approach, Theme, contrast};

const ALL: [Approach; 3] = [Approach::Raw, Approach::Vmap, Approach::Module];

#[test]
fn hues_are_okabe_and_itos_and_can_be_told_apart_without_colour() {
    let looks = ALL.map(|approach| Theme::light(1.0).look(approach));
    let colors = looks.map(|look| (look.color.0, look.color.1, look.color.2));
    assert_eq!(colors, [(0x00, 0x72, 0xb2), (0x00, 0x9e, 0x73), (0xd5, 0x5e, 0x00)]);
    for (i, a) in looks.iter().enumerate() {
        assert!(looks[..i].iter().all(|b| a.dash != b.dash && a.marker != b.marker), "{a:?}");
    }
}

#[test]
fn lines_and_text_stand_out_from_the_paper() {
    for theme in [Theme::light(1.0), Theme::dark(1.0)] {
        assert!(contrast(theme.ink, theme.paper) >= 7.0);
        assert!(contrast(theme.muted, theme.paper) >= 4.5);
        for hue in ALL.map(|approach| theme.look(approach).color).into_iter().chain([theme.batch]) {
            assert!(contrast(hue, theme.paper) >= 2.9, "{hue:?} is {}", contrast(hue, theme.paper));
            let text = theme.readable(hue);
            assert!(contrast(text, theme.paper) >= 4.5, "{text:?} is {}", contrast(text, theme.paper));
        }
    }
    // black on white
    let (black, white) = (plotters::style::RGBColor(0, 0, 0), plotters::style::RGBColor(255, 255, 255));
    assert!((contrast(black, white) - 21.0).abs() < 1e-9);
}
