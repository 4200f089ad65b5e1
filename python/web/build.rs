//! How the module is linked: with a stack for Python's calls, and a bound on the memory that a program can take.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|target| target == "wasm32") {
        println!("cargo::rustc-link-arg-cdylib=-zstack-size=4194304");
        println!("cargo::rustc-link-arg-cdylib=--max-memory=1073741824");
    }
}
