//! The address of the page itself, which stands before a link's fragment.

/// The address at which others find the page that was opened at `opened`: without what the page does not read (a query, the name `index.html`), so that links are
/// short. A copy of the page that knows its public address (`published`) has that one.
#[must_use]
pub fn page(opened: &str, published: Option<&str>) -> String {
    let address = published.unwrap_or(opened);
    let address = address.split(['#', '?']).next().unwrap_or_default();
    // a file is found by its whole name only
    let name =
        address.strip_suffix("index.html").filter(|folder| folder.ends_with('/') && !address.starts_with("file:"));
    name.unwrap_or(address).to_owned()
}

/// Whether a link that begins so opens on this machine only.
#[must_use]
pub fn is_local(link: &str) -> bool {
    let host = link.split_once("://").map_or("", |(_, after)| after.split(['/', ':']).next().unwrap_or_default());
    link.starts_with("file:") || matches!(host, "localhost" | "127.0.0.1")
}
