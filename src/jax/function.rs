//! [`Function`]: Rust functions that can be traced, whatever their arguments are.
//!
//! A function of one to four pytrees (by reference) that gives a pytree is a `Function`; so are the boxed functions that the
//! transformations give, and jitted ones, so that transformations compose. Nothing of a function has to be declared: the compiler infers
//! its signature `Sig`, which is only there to tell the arities apart.

use super::array::Array;
use super::tree::{AnyTree, PyTree, leaves, put, tree_leaves};

/// A Rust function of pytrees that can be traced.
pub trait Function<Sig>: 'static {
    /// Its arguments, as a tuple.
    type Args: PyTree;
    /// What it gives.
    type Output: PyTree;
    /// A boxed function of the same arguments that gives `R`.
    type Callable<R: 'static>: ?Sized;

    /// Calls it.
    fn apply(&self, args: &Self::Args) -> Self::Output;

    /// Makes a function of a tuple a function of its parts.
    fn boxed<R: 'static>(f: impl Fn(Self::Args) -> R + 'static) -> Box<Self::Callable<R>>;
}

/// A function with arguments, their types hidden: what a transformation does with it is compiled once for all functions.
pub(super) trait Call {
    /// The arguments.
    fn args(&mut self) -> &mut dyn AnyTree;
    /// Calls the function on arguments with these leaves, and gives the leaves of its output.
    fn call(&mut self, leaves: Vec<Array>) -> Vec<Array>;
}

/// The function and the arguments behind a [`Call`].
pub(super) struct Typed<'f, S, F: Function<S>> {
    function: &'f F,
    args: F::Args,
    output: Option<F::Output>,
}

impl<'f, S, F: Function<S>> Typed<'f, S, F> {
    pub(super) fn new(function: &'f F, args: F::Args) -> Self {
        Self { function, args, output: None }
    }

    /// What the function gave when it was last called, or gives on the arguments as they are: a pattern for the structure of outputs.
    pub(super) fn output(self) -> F::Output {
        self.output.unwrap_or_else(|| self.function.apply(&self.args))
    }

    /// What the function gave, if it was called.
    pub(super) fn given(self) -> Option<F::Output> {
        self.output
    }
}

impl<S, F: Function<S>> Call for Typed<'_, S, F> {
    fn args(&mut self) -> &mut dyn AnyTree {
        &mut self.args
    }

    fn call(&mut self, new: Vec<Array>) -> Vec<Array> {
        if put(&mut self.args, new).is_err() {
            return Vec::new();
        }
        leaves(self.output.insert(self.function.apply(&self.args)))
    }
}

/// Argument number `I` of a tuple of arguments.
pub trait Argument<const I: usize> {
    /// The type of that argument.
    type Tree: PyTree;
    /// That argument.
    fn argument(&self) -> &Self::Tree;
    /// How many leaves stand before it.
    fn leaves_before(&self) -> usize;
}

/// Which axis of each leaf of a `T` is mapped: what `in_axes` and `out_axes` of `vmap` take. One axis, a number or `None`, is for all
/// leaves; a tuple of axes is for a tuple of trees, one for each, and they nest.
pub trait Axes<T> {
    /// Adds one axis for each leaf.
    fn per_leaf(&self, tree: &T, axes: &mut Vec<Option<usize>>);
}

impl<T: PyTree> Axes<T> for usize {
    fn per_leaf(&self, tree: &T, axes: &mut Vec<Option<usize>>) {
        Some(*self).per_leaf(tree, axes);
    }
}

impl<T: PyTree> Axes<T> for Option<usize> {
    fn per_leaf(&self, tree: &T, axes: &mut Vec<Option<usize>>) {
        axes.resize(axes.len() + tree_leaves(tree).len(), *self);
    }
}

macro_rules! arity {
    ($($T:ident $Ax:ident $x:ident $i:tt),+) => {
        impl<Func, R, $($T),+> Function<fn($($T),+) -> R> for Func
        where
            Func: Fn($(&$T),+) -> R + 'static,
            R: PyTree,
            $($T: PyTree),+
        {
            type Args = ($($T,)+);
            type Output = R;
            type Callable<Out: 'static> = dyn Fn($(&$T),+) -> Out;

            fn apply(&self, args: &Self::Args) -> R {
                self($(&args.$i),+)
            }

            fn boxed<Out: 'static>(f: impl Fn(Self::Args) -> Out + 'static) -> Box<Self::Callable<Out>> {
                Box::new(move |$($x: &$T),+| f(($($x.clone(),)+)))
            }
        }

        impl<R, $($T),+> Function<fn($($T),+) -> R> for super::api::Jitted<dyn Fn($(&$T),+) -> R>
        where
            R: PyTree,
            $($T: PyTree),+
        {
            type Args = ($($T,)+);
            type Output = R;
            type Callable<Out: 'static> = dyn Fn($(&$T),+) -> Out;

            fn apply(&self, args: &Self::Args) -> R {
                (**self)($(&args.$i),+)
            }

            fn boxed<Out: 'static>(f: impl Fn(Self::Args) -> Out + 'static) -> Box<Self::Callable<Out>> {
                Box::new(move |$($x: &$T),+| f(($($x.clone(),)+)))
            }
        }

        impl<$($T: PyTree, $Ax: Axes<$T>),+> Axes<($($T,)+)> for ($($Ax,)+) {
            fn per_leaf(&self, tree: &($($T,)+), axes: &mut Vec<Option<usize>>) {
                $(self.$i.per_leaf(&tree.$i, axes);)+
            }
        }
    };
}
arity!(A AxA a 0);
arity!(A AxA a 0, B AxB b 1);
arity!(A AxA a 0, B AxB b 1, C AxC c 2);
arity!(A AxA a 0, B AxB b 1, C AxC c 2, D AxD d 3);
arity!(A AxA a 0, B AxB b 1, C AxC c 2, D AxD d 3, E AxE e 4);

macro_rules! argument {
    ($index:tt of $($T:ident $i:tt),+; $Out:ident; $($before:tt),*) => {
        impl<$($T: PyTree),+> Argument<$index> for ($($T,)+) {
            type Tree = $Out;
            fn argument(&self) -> &$Out {
                &self.$index
            }
            fn leaves_before(&self) -> usize {
                0 $(+ tree_leaves(&self.$before).len())*
            }
        }
    };
}
argument!(0 of A 0; A; );
argument!(0 of A 0, B 1; A; );
argument!(1 of A 0, B 1; B; 0);
argument!(0 of A 0, B 1, C 2; A; );
argument!(1 of A 0, B 1, C 2; B; 0);
argument!(2 of A 0, B 1, C 2; C; 0, 1);
argument!(0 of A 0, B 1, C 2, D 3; A; );
argument!(1 of A 0, B 1, C 2, D 3; B; 0);
argument!(2 of A 0, B 1, C 2, D 3; C; 0, 1);
argument!(3 of A 0, B 1, C 2, D 3; D; 0, 1, 2);
argument!(0 of A 0, B 1, C 2, D 3, E 4; A; );
argument!(1 of A 0, B 1, C 2, D 3, E 4; B; 0);
argument!(2 of A 0, B 1, C 2, D 3, E 4; C; 0, 1);
argument!(3 of A 0, B 1, C 2, D 3, E 4; D; 0, 1, 2);
argument!(4 of A 0, B 1, C 2, D 3, E 4; E; 0, 1, 2, 3);
