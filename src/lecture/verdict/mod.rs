//! What can be said of a run: whether it diverges ([`mod@divergence`]), which rates hold on its data ([`stability`]), what its figures show ([`course`]), and how
//! two runs [`compare`]; and whether two settings differ by more than [`luck`].

pub mod compare;
pub mod course;
pub mod divergence;
pub mod luck;
mod sizes;
pub mod stability;
