//! The class's predictions as a picture.

use leptos::html::Canvas;
use leptos::prelude::*;

use crate::plot::{ClassChart, Theme, class, class_height, class_summary};
use crate::web::frames::Repaint;

use crate::ui::parts::effects::{effect, text};
use crate::ui::parts::figure::{shown_area, size, theme};
use crate::ui::state::Page;

/// The picture, as high as it has to be.
#[component]
pub fn Picture(chart: Memo<ClassChart>) -> impl IntoView {
    let page: Page = expect_context();
    let node = NodeRef::<Canvas>::new();
    let size = size(node);
    let paint = Repaint::new(move || {
        let Some(area) = shown_area(node, size) else { return };
        // what the back end refuses is missing; the summary says it in words
        untrack(|| chart.with(|chart| drop(class(&area, &theme(page), chart))));
    });
    effect(move || {
        chart.track();
        size.track();
        page.dark.track();
        page.present.track();
        paint.soon();
    });
    let height = move || {
        let plain = if page.present.get() { Theme::light(1.0).presented() } else { Theme::light(1.0) };
        chart.with(|chart| format!("{}px", class_height(chart, &plain).ceil()))
    };
    view! {
        <div class="class-picture" role="img" aria-label=text(move || chart.with(class_summary)) style:height=height>
            <canvas node_ref=node></canvas>
        </div>
    }
}
