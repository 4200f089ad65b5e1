//! [`Qr`]: a link as a QR code, for those who sit in the back row with a phone.

use qrcodegen::{QrCode, QrCodeEcc};

/// Light modules around a code, on each side, as its standard asks for.
pub const MARGIN: i32 = 4;

/// A QR code as a picture: dark squares on a light ground.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Qr {
    /// How many modules the picture has each way, the light ones around the code included.
    pub side: i32,
    /// The dark modules as the path of an SVG in which a module is one unit wide: one rectangle for each row of neighbours.
    pub path: String,
}

impl Qr {
    /// The code of a text with as few modules as possible, so that each is as large as possible; none for a text that is longer than any code holds (2,953 bytes).
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        // where there is room, the code corrects more errors than it has to
        let code = QrCode::encode_text(text, QrCodeEcc::Low).ok()?;
        let mut path = String::new();
        for y in 0..code.size() {
            let mut x = 0;
            while x < code.size() {
                let start = x;
                while code.get_module(x, y) {
                    x += 1;
                }
                if x > start {
                    let width = (x - start).to_string();
                    path.extend([
                        "M",
                        &(start + MARGIN).to_string(),
                        " ",
                        &(y + MARGIN).to_string(),
                        "h",
                        &width,
                        "v1h-",
                        &width,
                        "z",
                    ]);
                }
                x += 1;
            }
        }
        Some(Self { side: code.size() + 2 * MARGIN, path })
    }
}
