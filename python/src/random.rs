//! `_random`: the generator behind Python's `random`, a Mersenne Twister that is seeded as `CPython` seeds it, and what else `random` asks of the system.

pub(crate) use _random::module_def;

#[rustpython_vm::pymodule]
mod _random {
    use std::cell::RefCell;

    use mt19937::{MT19937, N, gen_res53};
    use num_bigint::{BigInt, BigUint};
    use rand_core::Rng;
    use rustpython_vm::{
        Py, PyObject, PyObjectRef, PyPayload, PyResult, VirtualMachine,
        builtins::{PyBytes, PyInt, PyTuple, PyType},
        common::hash::PyHash,
        function::{ArgBytesLike, FuncArgs, OptionalOption},
        pyclass,
        types::Constructor,
    };
    use sha2::{Digest, Sha512};

    #[pyattr]
    #[pyclass(module = "_random", name = "Random")]
    #[derive(Debug, Default, PyPayload)]
    pub(crate) struct Random(RefCell<MT19937>);

    impl Constructor for Random {
        type Args = FuncArgs;

        fn py_new(_class: &Py<PyType>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<Self> {
            let random = Self::default();
            random.seed(args.args.into_iter().next().map(Some).into(), vm)?;
            Ok(random)
        }
    }

    #[pyclass(flags(BASETYPE, HAS_DICT), with(Constructor))]
    impl Random {
        /// A float from 0 to below 1, with 53 random bits.
        #[pymethod]
        fn random(&self) -> f64 {
            gen_res53(&mut *self.0.borrow_mut())
        }

        /// Starts anew: from an integer, whatever has a hash, or the system's randomness.
        #[pymethod]
        fn seed(&self, number: OptionalOption<PyObjectRef>, vm: &VirtualMachine) -> PyResult<()> {
            let words = match number.flatten() {
                None => from_system(vm)?,
                Some(number) => of_number(&number, vm)?,
            };
            self.0.borrow_mut().seed_slice(&words);
            Ok(())
        }

        /// An integer of so many random bits.
        #[pymethod]
        fn getrandbits(&self, bits: i64, vm: &VirtualMachine) -> PyResult<BigInt> {
            let mut left =
                usize::try_from(bits).map_err(|_| vm.new_value_error("number of bits must be non-negative"))?;
            let mut generator = self.0.borrow_mut();
            let mut words = Vec::with_capacity(left.div_ceil(32));
            while left > 0 {
                let unused = 32_usize.saturating_sub(left);
                words.push(generator.next_u32() >> unused);
                left = left.saturating_sub(32);
            }
            Ok(BigUint::new(words).into())
        }

        /// The 624 words, and how many of them are used up.
        #[pymethod]
        fn getstate(&self, vm: &VirtualMachine) -> PyObjectRef {
            let generator = self.0.borrow();
            let index = generator.get_index() as u32;
            let words = generator.get_state().iter().copied().chain([index]);
            vm.ctx.new_tuple(words.map(|word| vm.ctx.new_int(word).into()).collect()).into()
        }

        #[pymethod]
        fn setstate(&self, state: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
            let state = state.downcast_ref::<PyTuple>();
            let state = state.ok_or_else(|| vm.new_type_error("state vector must be a tuple"))?;
            let words: Vec<u32> =
                state.as_slice().iter().map(|word| word.clone().try_into_value(vm)).collect::<PyResult<_>>()?;
            let (Some(&index), Some(words)) = (words.last(), words.first_chunk::<N>().filter(|_| words.len() == N + 1))
            else {
                return Err(vm.new_value_error("state vector is the wrong size"));
            };
            if index as usize > N {
                return Err(vm.new_value_error("invalid state"));
            }
            let mut generator = self.0.borrow_mut();
            generator.set_state(words);
            generator.set_index(index as usize);
            Ok(())
        }
    }

    /// Bytes as words of 32 bits, at least one, without zeros behind the last.
    fn words(bytes: &[u8]) -> Vec<u32> {
        let words = BigUint::from_bytes_le(bytes).to_u32_digits();
        if words.is_empty() { vec![0] } else { words }
    }

    /// An integer's words without its sign; of anything else those of its hash.
    fn of_number(number: &PyObject, vm: &VirtualMachine) -> PyResult<Vec<u32>> {
        if let Some(number) = number.downcast_ref::<PyInt>() {
            return Ok(words(&number.as_bigint().to_bytes_le().1));
        }
        let hash: PyHash = number.hash(vm)?;
        Ok(words(&hash.to_le_bytes()))
    }

    fn from_system(vm: &VirtualMachine) -> PyResult<Vec<u32>> {
        let mut bytes = [0; 4 * N];
        fill(&mut bytes, vm)?;
        Ok(bytes.as_chunks::<4>().0.iter().map(|&word| u32::from_le_bytes(word)).collect())
    }

    fn fill(bytes: &mut [u8], vm: &VirtualMachine) -> PyResult<()> {
        getrandom::fill(bytes).map_err(|error| vm.new_os_error(format!("no randomness: {error}")))
    }

    /// So many bytes of the system's randomness.
    #[pyfunction]
    fn system_bytes(count: i64, vm: &VirtualMachine) -> PyResult<PyBytes> {
        let count = usize::try_from(count).map_err(|_| vm.new_value_error("negative argument not allowed"))?;
        let mut bytes = vec![0; count];
        fill(&mut bytes, vm)?;
        Ok(bytes.into())
    }

    /// The digest by which texts become seeds.
    #[pyfunction]
    fn sha512(data: ArgBytesLike) -> PyBytes {
        data.with_ref(|data| Sha512::digest(data).to_vec()).into()
    }
}
