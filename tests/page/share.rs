//! What is handed to others: the address of the page, and the QR code of a link, read back by a reader of such codes.

use rqrr::PreparedImage;
use thetahat::page::link::{fragment, is_local, page};
use thetahat::page::presets::Preset;
use thetahat::page::qr::{MARGIN, Qr};
use thetahat::page::view::View;

#[test]
fn addresses_leave_out_what_the_page_does_not_read() {
    let table = [
        ("https://example.org/hat/", "https://example.org/hat/"),
        ("https://example.org/hat/index.html#lab&v=2", "https://example.org/hat/"),
        ("https://example.org/hat/?utm=mail#lab", "https://example.org/hat/"),
        ("https://example.org/hat/myindex.html", "https://example.org/hat/myindex.html"),
        ("https://example.org/hat/thetahat.html#map", "https://example.org/hat/thetahat.html"),
        ("file:///media/stick/index.html#lab", "file:///media/stick/index.html"),
        ("", ""),
    ];
    for (opened, address) in table {
        assert_eq!(page(opened, None), address, "{opened}");
    }
    assert_eq!(
        page("file:///media/stick/thetahat.html#map", Some("https://example.org/hat/")),
        "https://example.org/hat/"
    );
}

#[test]
fn links_that_nobody_else_can_open_are_known() {
    for local in ["file:///a.html#lab", "http://localhost:8080/#lab", "http://127.0.0.1/#lab"] {
        assert!(is_local(local), "{local}");
    }
    for public in ["https://example.org/#lab", "http://localhost.example.org/", "https://example.org/127.0.0.1", ""] {
        assert!(!is_local(public), "{public}");
    }
}

/// What a reader of QR codes sees in the picture, each module of which it sees as so many pixels.
fn read(qr: &Qr, pixels: usize) -> String {
    let side = qr.side as usize;
    let mut dark = vec![false; side * side];
    for rectangle in qr.path.split_terminator('z') {
        let rectangle = rectangle.strip_prefix('M').unwrap();
        let (place, size) = rectangle.split_once('h').unwrap();
        let (x, y) = place.split_once(' ').unwrap();
        let (x, y): (usize, usize) = (x.parse().unwrap(), y.parse().unwrap());
        let width: usize = size.split_once('v').unwrap().0.parse().unwrap();
        assert_eq!(size, format!("{width}v1h-{width}"));
        dark[y * side + x..][..width].fill(true);
    }
    let margin = MARGIN as usize;
    assert!((0..side * margin).all(|place| !dark[place]), "the ground around the code is light");
    let mut image = PreparedImage::prepare_from_greyscale(side * pixels, side * pixels, |x, y| {
        if dark[y / pixels * side + x / pixels] { 0 } else { 255 }
    });
    let grids = image.detect_grids();
    assert_eq!(grids.len(), 1, "one code");
    grids[0].decode().unwrap().1
}

#[test]
fn a_reader_finds_the_link_in_the_code() {
    for preset in Preset::ALL {
        let plain = View::default();
        let view = View { lab: preset.view(&plain.lab), ..plain };
        let link = format!("https://example.org/thetahat/#{}", fragment(&view));
        assert_eq!(read(&Qr::of(&link).unwrap(), 4), link);
    }
    let long = format!("https://example.org/#lab&v=2&fold={}", "a,".repeat(1000));
    assert_eq!(read(&Qr::of(&long).unwrap(), 3), long);
}

#[test]
fn the_opening_link_has_large_modules() {
    let qr = Qr::of("https://example.org/thetahat/#lab&v=2").unwrap();
    // version 3: 29 modules, four around them on each side
    assert_eq!(qr.side, 37);
}

#[test]
fn what_no_code_holds_has_none() {
    assert_eq!(Qr::of(&"x".repeat(2954)), None);
    assert!(Qr::of(&"x".repeat(2953)).is_some());
    assert!(Qr::of("").is_some());
}
