//! The learning platform around the page, by the rules of SCORM 1.2: whether there has to be one, where it is, and how its functions are called.

use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use crate::page::handin::platform::session::Api;

/// What the first script of a package leaves behind (`src/scorm.js`).
const MARK: &str = "thetahatPlatform";
/// How many windows further up the platform may be; the standard's own example looks no further.
const LEVELS: usize = 7;

/// Whether this copy of the page is a package for learning platforms.
#[must_use]
pub fn is_wanted() -> bool {
    Reflect::has(&js_sys::global(), &JsValue::from_str(MARK)).unwrap_or(false)
}

/// A platform's object with its functions.
pub struct Adapter(JsValue);

/// The platform's functions: in this window, in one around it, or in those that have opened them.
#[must_use]
pub fn find() -> Option<Adapter> {
    let window: JsValue = web_sys::window()?.into();
    let opener = |window: &JsValue| above(member(window, "opener")?);
    above(window.clone()).or_else(|| opener(&window)).or_else(|| opener(&member(&window, "top")?))
}

fn above(mut window: JsValue) -> Option<Adapter> {
    for _ in 0..=LEVELS {
        if let Some(api) = member(&window, "API") {
            return Some(Adapter(api));
        }
        let parent = member(&window, "parent").filter(|parent| !Object::is(parent, &window))?;
        window = parent;
    }
    None
}

/// A member of a window; nothing where it has none, or belongs to another origin and shows none.
fn member(window: &JsValue, name: &str) -> Option<JsValue> {
    let found = Reflect::get(window, &JsValue::from_str(name)).ok()?;
    (!found.is_null() && !found.is_undefined()).then_some(found)
}

impl Api for Adapter {
    fn call(&self, function: &str, arguments: &[&str]) -> Result<String, String> {
        let missing = || format!("it has no {function}");
        let member = member(&self.0, function).and_then(|member| member.dyn_into::<Function>().ok());
        let list: Array = arguments.iter().map(|argument| JsValue::from_str(argument)).collect();
        let said = member.ok_or_else(missing)?.apply(&self.0, &list).map_err(|error| message(&error))?;
        let text = said.as_string().or_else(|| said.as_bool().map(|said| said.to_string()));
        Ok(text.or_else(|| said.as_f64().map(|said| said.to_string())).unwrap_or_default())
    }
}

fn message(error: &JsValue) -> String {
    let message = member(error, "message").and_then(|message| message.as_string());
    message.or_else(|| error.as_string()).unwrap_or_else(|| "its script failed".to_owned())
}
