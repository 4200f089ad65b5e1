//! Texts of lessons become HTML in which nothing is left open.

use thetahat::page::lessons::LESSONS;
use thetahat::page::lessons::facts::Facts;
use thetahat::page::lessons::form::Given;
use thetahat::page::lessons::text::{html, line};
use thetahat::page::view::LabView;

#[test]
fn marks_become_elements() {
    let mut facts = Facts::default();
    facts.number("border", 0.97284, 3);
    let view = LabView::default();
    let found = html("**Try** *it* at {border}, `a < b`, {=batch}.\n\nAnd {coming}.", &facts, Some(&view));
    let expected = "<p><b>Try</b> <em>it</em> at <span class=\"found\">0.973</span>, <code>a &lt; b</code>, <span class=\"found\">16</span>.</p>\
                    <p>And <span class=\"found\">…</span>.</p>";
    assert_eq!(found, expected);
}

#[test]
fn formulas_become_mathml() {
    let of = |formula: &str| line(&format!("${formula}$"), &Facts::default(), None);
    let inside = |formula: &str| of(formula).replace("<math><mrow>", "").replace("</mrow></math>", "");
    assert_eq!(inside("2/λ_max"), "<mn>2</mn><mo>/</mo><msub><mi>λ</mi><mtext>max</mtext></msub>");
    assert_eq!(inside("1 − η λ_i"), "<mn>1</mn><mo>−</mo><mi>η</mi><msub><mi>λ</mi><mi>i</mi></msub>");
    assert_eq!(inside("2‖x‖^2"), "<mn>2</mn><mo>‖</mo><mi>x</mi><msup><mo>‖</mo><mn>2</mn></msup>");
    assert_eq!(inside("θ̂"), "<mi>θ̂</mi>");
    assert_eq!(inside("θ̂_0 < "), "<msub><mi>θ̂</mi><mn>0</mn></msub><mo>&lt;</mo>");
}

#[test]
fn every_element_is_closed() {
    let facts = Facts::default();
    for lesson in LESSONS {
        for said in lesson.scenes.iter().flat_map(|scene| super::texts(scene, &Given::default(), &facts)) {
            let text = html(said.text, &facts, None);
            for tag in ["p", "b", "em", "code", "math", "span"] {
                let count = |mark: String| text.matches(&mark).count();
                let opened = count(format!("<{tag}>")) + count(format!("<{tag} "));
                assert_eq!(opened, count(format!("</{tag}>")), "{}, {}: {text}", lesson.key, said.place);
            }
            assert!(!text.contains("**") && !text.contains('$'), "{}, {}: {text}", lesson.key, said.place);
        }
    }
}
