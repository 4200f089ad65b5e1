//! Python values as pytrees: `None`, tuples, lists, dictionaries, named tuples and registered classes around leaves, which are any other objects.

use std::cell::RefCell;

use rustpython_vm::{
    AsObject, Py, PyObject, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine,
    builtins::{PyDict, PyList, PyStr, PyTuple, PyTypeRef},
    function::{FuncArgs, PyComparisonValue},
    pyclass,
    types::{Comparable, Hashable, PyComparisonOp, Representable},
};

/// The structure of a tree.
#[derive(Clone, Debug)]
pub enum Node {
    /// A leaf.
    Leaf,
    /// `None`, which has no leaves.
    None,
    /// A tuple.
    Tuple(Vec<Node>),
    /// A list.
    List(Vec<Node>),
    /// A dictionary: keys, sorted, and values.
    Dict(Vec<PyObjectRef>, Vec<Node>),
    /// A named tuple.
    Named(PyTypeRef, Vec<Node>),
    /// An instance of a registered class: what its flattening gave beside the children.
    Custom(PyTypeRef, PyObjectRef, Vec<Node>),
}

thread_local! {
    static REGISTERED: RefCell<Vec<(PyTypeRef, PyObjectRef, PyObjectRef)>> = const { RefCell::new(Vec::new()) };
}

/// Registers a class: `flatten(x) -> (children, aux)` and `unflatten(aux, children) -> x`.
pub fn register(class: PyTypeRef, flatten: PyObjectRef, unflatten: PyObjectRef) {
    REGISTERED.with_borrow_mut(|all| all.push((class, flatten, unflatten)));
}

/// Forgets all classes, which belong to an interpreter that ends.
pub fn clear() {
    REGISTERED.with_borrow_mut(Vec::clear);
}

fn registered(class: &PyTypeRef) -> Option<(PyObjectRef, PyObjectRef)> {
    REGISTERED.with_borrow(|all| {
        all.iter()
            .rev()
            .find(|(known, ..)| known.is(class))
            .map(|(_, flatten, unflatten)| (flatten.clone(), unflatten.clone()))
    })
}

/// Appends the leaves of `obj` and gives its structure; what `is_leaf` says is a leaf is not looked into.
pub fn flatten(
    obj: &PyObject,
    leaves: &mut Vec<PyObjectRef>,
    is_leaf: Option<&PyObject>,
    vm: &VirtualMachine,
) -> PyResult<Node> {
    if let Some(is_leaf) = is_leaf
        && is_leaf.to_owned().call((obj.to_owned(),), vm)?.try_to_bool(vm)?
    {
        leaves.push(obj.to_owned());
        return Ok(Node::Leaf);
    }
    if obj.downcast_ref::<crate::value::PyArray>().is_some() {
        leaves.push(obj.to_owned());
        return Ok(Node::Leaf);
    }
    if vm.is_none(obj) {
        return Ok(Node::None);
    }
    let mut each = |items: &[PyObjectRef]| {
        items.iter().map(|item| flatten(item, leaves, is_leaf, vm)).collect::<PyResult<Vec<_>>>()
    };
    if let Some(tuple) = obj.downcast_ref_if_exact::<PyTuple>(vm) {
        return each(tuple.as_slice()).map(Node::Tuple);
    }
    if let Some(list) = obj.downcast_ref_if_exact::<PyList>(vm) {
        let items = list.borrow_vec().to_vec();
        return each(&items).map(Node::List);
    }
    let class = obj.class().to_owned();
    if let Some((method, _)) = registered(&class) {
        let parts = method.call((obj.to_owned(),), vm)?;
        let parts: Vec<PyObjectRef> = vm.extract_elements_with(&parts, Ok)?;
        let [children, aux] = &parts[..] else {
            return Err(vm.new_type_error("flattening must give a pair (children, aux_data)"));
        };
        let children: Vec<PyObjectRef> = vm.extract_elements_with(children, Ok)?;
        return Ok(Node::Custom(class, aux.clone(), each(&children)?));
    }
    if let Some(dict) = obj.downcast_ref::<PyDict>() {
        let mut items: Vec<(PyObjectRef, PyObjectRef)> = dict.into_iter().collect();
        let ordered = class.name().to_string() == "OrderedDict";
        if !ordered {
            sort_keys(&mut items, vm)?;
        }
        let values: Vec<PyObjectRef> = items.iter().map(|(_, value)| value.clone()).collect();
        let nodes = each(&values)?;
        return Ok(Node::Dict(items.into_iter().map(|(key, _)| key).collect(), nodes));
    }
    if let Some(tuple) = obj.downcast_ref::<PyTuple>()
        && vm.get_attribute_opt(obj.to_owned(), "_fields")?.is_some()
    {
        return Ok(Node::Named(class, each(tuple.as_slice())?));
    }
    leaves.push(obj.to_owned());
    Ok(Node::Leaf)
}

fn sort_keys(items: &mut [(PyObjectRef, PyObjectRef)], vm: &VirtualMachine) -> PyResult<()> {
    let mut failed = None;
    items.sort_by(|(a, _), (b, _)| {
        if let (Some(a), Some(b)) = (a.downcast_ref::<PyStr>(), b.downcast_ref::<PyStr>()) {
            return a.as_bytes().cmp(b.as_bytes());
        }
        match a.rich_compare_bool(b, PyComparisonOp::Lt, vm) {
            Ok(true) => std::cmp::Ordering::Less,
            Ok(false) => std::cmp::Ordering::Greater,
            Err(error) => {
                failed = Some(error);
                std::cmp::Ordering::Equal
            }
        }
    });
    failed.map_or(Ok(()), Err)
}

impl Node {
    /// Builds the value of this structure from leaves.
    pub fn build(&self, leaves: &mut dyn Iterator<Item = PyObjectRef>, vm: &VirtualMachine) -> PyResult {
        let mut each = |nodes: &[Node]| nodes.iter().map(|node| node.build(leaves, vm)).collect::<PyResult<Vec<_>>>();
        Ok(match self {
            Self::Leaf => {
                leaves.next().ok_or_else(|| vm.new_value_error("too few leaves for the structure of the tree"))?
            }
            Self::None => vm.ctx.none(),
            Self::Tuple(nodes) => vm.ctx.new_tuple(each(nodes)?).into(),
            Self::List(nodes) => vm.ctx.new_list(each(nodes)?).into(),
            Self::Dict(keys, nodes) => {
                let dict = vm.ctx.new_dict();
                for (key, value) in keys.iter().zip(each(nodes)?) {
                    dict.set_item(&**key, value, vm)?;
                }
                dict.into()
            }
            Self::Named(class, nodes) => {
                let items = each(nodes)?;
                class.as_object().call(FuncArgs::from(items), vm)?
            }
            Self::Custom(class, aux, nodes) => {
                let children = each(nodes)?;
                let Some((_, unflatten)) = registered(class) else {
                    return Err(vm.new_type_error("the class is not registered as a pytree any more"));
                };
                unflatten.call((aux.clone(), vm.ctx.new_tuple(children)), vm)?
            }
        })
    }

    fn children(&self) -> &[Node] {
        match self {
            Self::Leaf | Self::None => &[],
            Self::Tuple(nodes)
            | Self::List(nodes)
            | Self::Dict(_, nodes)
            | Self::Named(_, nodes)
            | Self::Custom(_, _, nodes) => nodes,
        }
    }

    /// Number of leaves.
    pub fn leaves(&self) -> usize {
        if matches!(self, Self::Leaf) { 1 } else { self.children().iter().map(Self::leaves).sum() }
    }

    /// Whether two structures are the same.
    pub fn same(&self, other: &Self, vm: &VirtualMachine) -> PyResult<bool> {
        let alike = match (self, other) {
            (Self::Leaf, Self::Leaf) | (Self::None, Self::None) => return Ok(true),
            (Self::Tuple(a), Self::Tuple(b)) | (Self::List(a), Self::List(b)) => a.len() == b.len(),
            (Self::Dict(a, _), Self::Dict(b, _)) => {
                a.len() == b.len() && all(a.iter().zip(b), |(a, b)| vm.bool_eq(a, b))?
            }
            (Self::Named(a, x), Self::Named(b, y)) => a.is(b) && x.len() == y.len(),
            (Self::Custom(a, x, m), Self::Custom(b, y, n)) => {
                a.is(b) && m.len() == n.len() && (x.is(y) || vm.bool_eq(x, y)?)
            }
            _ => false,
        };
        Ok(alike && all(self.children().iter().zip(other.children()), |(a, b)| a.same(b, vm))?)
    }

    /// As JAX prints a structure, without `PyTreeDef(…)` around it.
    pub fn text(&self, vm: &VirtualMachine) -> PyResult<String> {
        let each = |nodes: &[Node]| nodes.iter().map(|node| node.text(vm)).collect::<PyResult<Vec<_>>>();
        Ok(match self {
            Self::Leaf => "*".to_owned(),
            Self::None => "None".to_owned(),
            Self::Tuple(nodes) if nodes.len() == 1 => format!("({},)", nodes[0].text(vm)?),
            Self::Tuple(nodes) => format!("({})", each(nodes)?.join(", ")),
            Self::List(nodes) => format!("[{}]", each(nodes)?.join(", ")),
            Self::Dict(keys, nodes) => {
                let mut items = Vec::new();
                for (key, node) in keys.iter().zip(nodes) {
                    items.push(format!("{}: {}", key.repr(vm)?, node.text(vm)?));
                }
                format!("{{{}}}", items.join(", "))
            }
            Self::Named(class, nodes) => {
                format!("CustomNode(namedtuple[{}], [{}])", class.name(), each(nodes)?.join(", "))
            }
            Self::Custom(class, aux, nodes) => {
                format!("CustomNode({}[{}], [{}])", class.name(), aux.str(vm)?, each(nodes)?.join(", "))
            }
        })
    }
}

fn all<T>(items: impl Iterator<Item = T>, test: impl Fn(T) -> PyResult<bool>) -> PyResult<bool> {
    for item in items {
        if !test(item)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// `PyTreeDef`: a structure as a Python object.
#[pyclass(module = "jaxlib._jax.pytree", name = "PyTreeDef")]
#[derive(Debug, PyPayload)]
pub struct TreeDef(pub Node);

#[pyclass(with(Comparable, Hashable, Representable))]
impl TreeDef {
    #[pygetset]
    fn num_leaves(&self) -> usize {
        self.0.leaves()
    }

    #[pymethod]
    fn unflatten(&self, leaves: PyObjectRef, vm: &VirtualMachine) -> PyResult {
        let leaves: Vec<PyObjectRef> = vm.extract_elements_with(&leaves, Ok)?;
        if leaves.len() != self.0.leaves() {
            let word = if leaves.len() < self.0.leaves() { "few" } else { "many" };
            let message =
                format!("Too {word} leaves for PyTreeDef; expected {}, got {}", self.0.leaves(), leaves.len());
            return Err(vm.new_value_error(message));
        }
        self.0.build(&mut leaves.into_iter(), vm)
    }

    /// The structure's kind, keys and children, one level deep: what the Python part walks along.
    #[pymethod]
    fn level(&self, vm: &VirtualMachine) -> PyObjectRef {
        let children = self.0.children().iter().map(|node| Self(node.clone()).into_ref(&vm.ctx).into()).collect();
        let (kind, keys): (&str, PyObjectRef) = match &self.0 {
            Node::Leaf => ("leaf", vm.ctx.none()),
            Node::None => ("none", vm.ctx.none()),
            Node::Tuple(_) => ("tuple", vm.ctx.none()),
            Node::List(_) => ("list", vm.ctx.none()),
            Node::Dict(keys, _) => ("dict", vm.ctx.new_list(keys.clone()).into()),
            Node::Named(class, _) => ("namedtuple", class.clone().into()),
            Node::Custom(class, ..) => ("custom", class.clone().into()),
        };
        let aux = if let Node::Custom(_, aux, _) = &self.0 { aux.clone() } else { vm.ctx.none() };
        vm.ctx.new_tuple(vec![vm.ctx.new_str(kind).into(), keys, vm.ctx.new_list(children).into(), aux]).into()
    }
}

impl Representable for TreeDef {
    fn repr_str(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<String> {
        Ok(format!("PyTreeDef({})", zelf.0.text(vm)?))
    }
}

impl Hashable for TreeDef {
    fn hash(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<rustpython_vm::common::hash::PyHash> {
        vm.ctx.new_str(zelf.0.text(vm)?).as_object().hash(vm)
    }
}

impl Comparable for TreeDef {
    fn cmp(zelf: &Py<Self>, other: &PyObject, op: PyComparisonOp, vm: &VirtualMachine) -> PyResult<PyComparisonValue> {
        let Some(other) = other.downcast_ref::<Self>() else { return Ok(PyComparisonValue::NotImplemented) };
        let same = zelf.0.same(&other.0, vm)?;
        Ok(match op {
            PyComparisonOp::Eq => PyComparisonValue::Implemented(same),
            PyComparisonOp::Ne => PyComparisonValue::Implemented(!same),
            _ => PyComparisonValue::NotImplemented,
        })
    }
}

/// The structure that an argument holds.
pub fn node_of(obj: &PyObject, vm: &VirtualMachine) -> PyResult<PyRef<TreeDef>> {
    obj.to_owned().downcast::<TreeDef>().map_err(|_| vm.new_type_error("a PyTreeDef is expected"))
}
