//! Contrast, of the charts and of the page's own colours, and that no approach looks like another.

use plotters::style::RGBColor;
use thetahat::plot::{Approach, Theme, contrast};

/// The page's colours, as its style sheets read them: the light theme's, then what the dark one has in their place.
const TOKENS: &str = include_str!("../../style/tokens.css");

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
    assert!((contrast(RGBColor(0, 0, 0), RGBColor(255, 255, 255)) - 21.0).abs() < 1e-9);
}

#[test]
fn text_stands_out_from_what_marks_it() {
    let (light, dark) = TOKENS.split_once(":root[data-theme=\"dark\"]").expect("two themes");
    for theme in [vec![light], vec![dark, light]] {
        let value = |name: &str| {
            let named = format!("--{name}: ");
            let found = theme.iter().find_map(|part| part.split_once(&named)).unwrap_or_else(|| panic!("no {name}"));
            found.1.split(';').next().expect("a value")
        };
        for (ground, mark) in ["paper", "raised"].iter().flat_map(|&ground| [(ground, "lit"), (ground, "same")]) {
            let ground = over(opaque(value(ground)), value(mark));
            for text in ["ink", "muted", "raw-text", "vmap-text", "module-text", "keyword", "text", "number"] {
                let seen = contrast(opaque(value(text)), ground);
                assert!(seen >= 4.5, "{text} on {mark} ({}) is {seen:.2}", value(mark));
            }
        }
    }
}

/// The colour that a style sheet writes as `#rrggbb`.
fn opaque(text: &str) -> RGBColor {
    let number = u32::from_str_radix(text.trim_start_matches('#'), 16).unwrap_or_else(|_| panic!("{text}"));
    let [_, red, green, blue] = number.to_be_bytes();
    RGBColor(red, green, blue)
}

/// What is seen where `mark`, `rgb(r g b / a%)`, lies over `ground`.
fn over(ground: RGBColor, mark: &str) -> RGBColor {
    let parts: Vec<f64> = mark.split(|c: char| !c.is_ascii_digit()).filter_map(|part| part.parse().ok()).collect();
    let &[red, green, blue, percent] = &*parts else { panic!("{mark}") };
    let mixed = |under: u8, above: f64| {
        let value = f64::from(under) + (above - f64::from(under)) * percent / 100.0;
        format!("{value:.0}").parse().expect("a byte")
    };
    RGBColor(mixed(ground.0, red), mixed(ground.1, green), mixed(ground.2, blue))
}
