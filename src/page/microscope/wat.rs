//! [`wat`]: generated WebAssembly as text, letter for letter as the `wasmprinter` crate writes it.
//!
//! That crate knows every proposal of WebAssembly and would weigh more than the tab; the engine generates some eighty instructions, and a test holds the
//! texts of both equal.

use std::fmt::Write as _;

/// What follows the code of an instruction.
#[derive(Clone, Copy)]
enum After {
    Nothing,
    /// A number without sign.
    Index,
    /// The depth of a block.
    Label,
    /// An address, with this alignment by nature, as a power of two.
    Memory(u32),
    /// An address, and a lane.
    MemoryLane(u32),
    Lane,
    Signed,
    Double,
    Lanes,
    Shuffle,
    /// A block begins.
    Block,
}

use After::{Block, Double, Index, Label, Lane, Lanes, Memory, MemoryLane, Nothing, Shuffle, Signed};

const PLAIN: &[(u8, &str, After)] = &[
    (0x03, "loop", Block),
    (0x04, "if", Block),
    (0x0d, "br_if", Label),
    (0x10, "call", Index),
    (0x1b, "select", Nothing),
    (0x20, "local.get", Index),
    (0x21, "local.set", Index),
    (0x22, "local.tee", Index),
    (0x28, "i32.load", Memory(2)),
    (0x41, "i32.const", Signed),
    (0x42, "i64.const", Signed),
    (0x44, "f64.const", Double),
    (0x46, "i32.eq", Nothing),
    (0x50, "i64.eqz", Nothing),
    (0x63, "f64.lt", Nothing),
    (0x64, "f64.gt", Nothing),
    (0x6a, "i32.add", Nothing),
    (0x6b, "i32.sub", Nothing),
    (0x6c, "i32.mul", Nothing),
    (0x71, "i32.and", Nothing),
    (0x7c, "i64.add", Nothing),
    (0x83, "i64.and", Nothing),
    (0x99, "f64.abs", Nothing),
    (0xa0, "f64.add", Nothing),
    (0xa1, "f64.sub", Nothing),
    (0xa2, "f64.mul", Nothing),
    (0xb6, "f32.demote_f64", Nothing),
    (0xbb, "f64.promote_f32", Nothing),
    (0xbd, "i64.reinterpret_f64", Nothing),
    (0xbf, "f64.reinterpret_i64", Nothing),
];

/// Instructions on four lanes, behind the byte 0xfd.
const LANES: &[(u32, &str, After)] = &[
    (0, "v128.load", Memory(4)),
    (9, "v128.load32_splat", Memory(2)),
    (11, "v128.store", Memory(4)),
    (12, "v128.const", Lanes),
    (13, "i8x16.shuffle", Shuffle),
    (31, "f32x4.extract_lane", Lane),
    (32, "f32x4.replace_lane", Lane),
    (55, "i32x4.eq", Nothing),
    (56, "i32x4.ne", Nothing),
    (57, "i32x4.lt_s", Nothing),
    (58, "i32x4.lt_u", Nothing),
    (59, "i32x4.gt_s", Nothing),
    (60, "i32x4.gt_u", Nothing),
    (61, "i32x4.le_s", Nothing),
    (62, "i32x4.le_u", Nothing),
    (63, "i32x4.ge_s", Nothing),
    (64, "i32x4.ge_u", Nothing),
    (65, "f32x4.eq", Nothing),
    (66, "f32x4.ne", Nothing),
    (67, "f32x4.lt", Nothing),
    (68, "f32x4.gt", Nothing),
    (69, "f32x4.le", Nothing),
    (70, "f32x4.ge", Nothing),
    (72, "f64x2.ne", Nothing),
    (73, "f64x2.lt", Nothing),
    (78, "v128.and", Nothing),
    (79, "v128.andnot", Nothing),
    (80, "v128.or", Nothing),
    (82, "v128.bitselect", Nothing),
    (83, "v128.any_true", Nothing),
    (86, "v128.load32_lane", MemoryLane(2)),
    (87, "v128.load64_lane", MemoryLane(3)),
    (90, "v128.store32_lane", MemoryLane(2)),
    (91, "v128.store64_lane", MemoryLane(3)),
    (92, "v128.load32_zero", Memory(2)),
    (93, "v128.load64_zero", Memory(3)),
    (94, "f32x4.demote_f64x2_zero", Nothing),
    (95, "f64x2.promote_low_f32x4", Nothing),
    (161, "i32x4.neg", Nothing),
    (174, "i32x4.add", Nothing),
    (177, "i32x4.sub", Nothing),
    (181, "i32x4.mul", Nothing),
    (182, "i32x4.min_s", Nothing),
    (183, "i32x4.min_u", Nothing),
    (184, "i32x4.max_s", Nothing),
    (185, "i32x4.max_u", Nothing),
    (214, "i64x2.eq", Nothing),
    (224, "f32x4.abs", Nothing),
    (225, "f32x4.neg", Nothing),
    (227, "f32x4.sqrt", Nothing),
    (228, "f32x4.add", Nothing),
    (229, "f32x4.sub", Nothing),
    (230, "f32x4.mul", Nothing),
    (231, "f32x4.div", Nothing),
    (232, "f32x4.min", Nothing),
    (233, "f32x4.max", Nothing),
    (236, "f64x2.abs", Nothing),
    (240, "f64x2.add", Nothing),
    (241, "f64x2.sub", Nothing),
    (242, "f64x2.mul", Nothing),
    (248, "i32x4.trunc_sat_f32x4_s", Nothing),
    (249, "i32x4.trunc_sat_f32x4_u", Nothing),
    (250, "f32x4.convert_i32x4_s", Nothing),
    (251, "f32x4.convert_i32x4_u", Nothing),
    (261, "f32x4.relaxed_madd", Nothing),
];

/// The text of a module that the engine has generated; none for one with anything else in it.
#[must_use]
pub fn wat(module: &[u8]) -> Option<String> {
    let mut bytes = Bytes(module.strip_prefix(b"\0asm\x01\0\0\0")?);
    let mut out = "(module\n".to_owned();
    let (mut types, mut functions) = (Vec::new(), Vec::new());
    while !bytes.0.is_empty() {
        let (section, size) = (bytes.byte()?, bytes.number()?);
        let mut body = Bytes(bytes.take(usize::try_from(size).ok()?)?);
        for number in 0..body.number()? {
            match section {
                1 => types.push(of_type(&mut body, number, &mut out)?),
                2 => import(&mut body, number, &mut out)?,
                3 => functions.push(body.number()?),
                7 => export(&mut body, &mut out)?,
                10 => {
                    let kind = *functions.get(usize::try_from(number).ok()?)?;
                    let signature: &String = types.get(usize::try_from(kind).ok()?)?;
                    let _ = writeln!(out, "  (func (;{number};) (type {kind}){signature}");
                    let size = body.number()?;
                    function(Bytes(body.take(usize::try_from(size).ok()?)?), &mut out)?;
                }
                _ => return None,
            }
        }
    }
    out.push_str(")\n");
    Some(out)
}

fn of_type(body: &mut Bytes<'_>, number: u64, out: &mut String) -> Option<String> {
    let mut signature = String::new();
    (body.byte()? == 0x60).then_some(())?;
    for word in ["param", "result"] {
        let count = body.number()?;
        if count > 0 {
            let _ = write!(signature, " ({word}");
            for _ in 0..count {
                let _ = write!(signature, " {}", kind(body.byte()?)?);
            }
            signature.push(')');
        }
    }
    let _ = writeln!(out, "  (type (;{number};) (func{signature}))");
    Some(signature)
}

fn kind(byte: u8) -> Option<&'static str> {
    Some(match byte {
        0x7f => "i32",
        0x7e => "i64",
        0x7d => "f32",
        0x7c => "f64",
        0x7b => "v128",
        _ => return None,
    })
}

fn import(body: &mut Bytes<'_>, number: u64, out: &mut String) -> Option<()> {
    let (module, name) = (body.name()?, body.name()?);
    // a memory without a maximum
    ((body.byte()?, body.byte()?) == (2, 0)).then_some(())?;
    let _ = writeln!(out, "  (import \"{module}\" \"{name}\" (memory (;{number};) {}))", body.number()?);
    Some(())
}

fn export(body: &mut Bytes<'_>, out: &mut String) -> Option<()> {
    let name = body.name()?;
    (body.byte()? == 0).then_some(())?;
    let _ = writeln!(out, "  (export \"{name}\" (func {}))", body.number()?);
    Some(())
}

fn function(mut body: Bytes<'_>, out: &mut String) -> Option<()> {
    let mut locals = String::new();
    for _ in 0..body.number()? {
        let (count, byte) = (body.number()?, body.byte()?);
        for _ in 0..count {
            let _ = write!(locals, " {}", kind(byte)?);
        }
    }
    if !locals.is_empty() {
        let _ = writeln!(out, "    (local{locals})");
    }
    let mut depth = 0_usize;
    loop {
        let byte = body.byte()?;
        if byte == 0x0b {
            if depth == 0 {
                break;
            }
            depth -= 1;
            let _ = writeln!(out, "{}end", "  ".repeat(depth + 2));
            continue;
        }
        let (name, after) = if byte == 0xfd {
            let code = body.number()?;
            LANES.iter().find(|(known, ..)| u64::from(*known) == code).map(|&(_, name, after)| (name, after))?
        } else {
            PLAIN.iter().find(|(known, ..)| *known == byte).map(|&(_, name, after)| (name, after))?
        };
        let _ = write!(out, "{}{name}", "  ".repeat(depth + 2));
        match after {
            Nothing => {}
            Index => {
                let _ = write!(out, " {}", body.number()?);
            }
            Label => {
                let label = usize::try_from(body.number()?).ok()?;
                let _ = write!(out, " {label} (;@{};)", depth.checked_sub(label)?);
            }
            Memory(natural) => body.memory(natural, out)?,
            MemoryLane(natural) => {
                body.memory(natural, out)?;
                let _ = write!(out, " {}", body.byte()?);
            }
            Lane => {
                let _ = write!(out, " {}", body.byte()?);
            }
            Signed => {
                let _ = write!(out, " {}", body.signed()?);
            }
            Double => {
                let value = f64::from_bits(u64::from_le_bytes(body.take(8)?.try_into().ok()?));
                let text = if value == 0.0 { "0x0p+0" } else { "inf" };
                (value.to_bits() == 0 || value == f64::INFINITY).then_some(())?;
                let _ = write!(out, " {text} (;={value};)");
            }
            Lanes => {
                out.push_str(" i32x4");
                for _ in 0..4 {
                    let _ = write!(out, " 0x{:08x}", u32::from_le_bytes(body.take(4)?.try_into().ok()?));
                }
            }
            Shuffle => {
                for lane in body.take(16)? {
                    let _ = write!(out, " {lane}");
                }
            }
            Block => {
                // without arguments or results
                (body.byte()? == 0x40).then_some(())?;
                depth += 1;
                let _ = write!(out, " ;; label = @{depth}");
            }
        }
        out.push('\n');
    }
    out.push_str("  )\n");
    Some(())
}

/// What has not been read yet.
struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn byte(&mut self) -> Option<u8> {
        self.take(1).map(|bytes| bytes[0])
    }

    /// A number in LEB128 without sign.
    fn number(&mut self) -> Option<u64> {
        let (mut number, mut shift) = (0, 0);
        loop {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f).checked_shl(shift)?;
            shift += 7;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
    }

    /// A number in LEB128 with a sign.
    fn signed(&mut self) -> Option<i64> {
        let (mut number, mut shift) = (0_i64, 0);
        loop {
            let byte = self.byte()?;
            number |= i64::from(byte & 0x7f).checked_shl(shift)?;
            shift += 7;
            if byte & 0x80 == 0 {
                let is_negative = byte & 0x40 != 0 && shift < 64;
                return Some(if is_negative { number | (-1_i64 << shift) } else { number });
            }
        }
    }

    fn name(&mut self) -> Option<&'a str> {
        let size = usize::try_from(self.number()?).ok()?;
        std::str::from_utf8(self.take(size)?).ok()
    }

    fn memory(&mut self, natural: u32, out: &mut String) -> Option<()> {
        let (align, offset) = (u32::try_from(self.number()?).ok()?, self.number()?);
        if offset > 0 {
            let _ = write!(out, " offset={offset}");
        }
        if align != natural {
            let _ = write!(out, " align={}", 1_u64.checked_shl(align)?);
        }
        Some(())
    }
}
