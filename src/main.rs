//! The one program of the page: in a window it is the page itself, in a worker everything that computes.
//!
//! Both are one program, so that what both need is in it once. What computes is a part of its own, which the page does not wait for (`src/web/later.rs`).

#[cfg(target_arch = "wasm32")]
fn main() -> Result<(), wasm_bindgen::JsValue> {
    if web_sys::window().is_some() {
        thetahat::ui::mount();
        Ok(())
    } else {
        thetahat::web::worker::start()
    }
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("This program runs in a browser: `cargo xtask serve` builds and serves the page.");
}
