//! The formatter behind `printf` and its kin: everything that the C standard has but wide characters,
//! `long double`, hexadecimal floats (`%a`) and `%n`.

use std::ffi::{CStr, c_char, c_int, c_long, c_longlong, c_void};
use std::io::Write;

/// The arguments after a format, which on wasm32 a caller stores one after the other, each aligned as its
/// type. A variadic function gets their address as its last parameter, and so does one that takes a
/// `va_list`.
pub(crate) struct Arguments(*const u8);

impl Arguments {
    /// # Safety
    ///
    /// At the address must stand arguments of the types that the format will name.
    pub(crate) unsafe fn new(first: *const c_void) -> Self {
        Self(first.cast())
    }

    /// # Safety
    ///
    /// The next argument must be a `T`.
    unsafe fn next<T: Copy>(&mut self) -> T {
        // SAFETY: the caller promises an argument, and the caller of `new` that it is stored like this.
        unsafe {
            let at = self.0.add(self.0.align_offset(align_of::<T>()));
            self.0 = at.add(size_of::<T>());
            at.cast::<T>().read()
        }
    }
}

/// Where formatted text goes: as much as the room takes is kept, all of it is counted.
pub(crate) struct Output<'a> {
    room: &'a mut [u8],
    /// The length that the text has uncut, in bytes.
    pub(crate) length: usize,
}

impl<'a> Output<'a> {
    pub(crate) fn new(room: &'a mut [u8]) -> Self {
        Self { room, length: 0 }
    }

    fn push(&mut self, bytes: &[u8]) {
        let room = self.room.get_mut(self.length..).unwrap_or_default();
        let kept = bytes.len().min(room.len());
        room[..kept].copy_from_slice(&bytes[..kept]);
        self.length = self.length.saturating_add(bytes.len());
    }

    fn repeat(&mut self, byte: u8, count: usize) {
        let room = self.room.get_mut(self.length..).unwrap_or_default();
        let kept = count.min(room.len());
        room[..kept].fill(byte);
        self.length = self.length.saturating_add(count);
    }
}

/// How a conversion wants its value laid out.
#[derive(Default)]
struct Layout {
    /// `-`
    left: bool,
    /// `+` or blank: what stands before a number that is not negative.
    plus: Option<u8>,
    /// `#`
    alternate: bool,
    /// `0`
    zeros: bool,
    width: usize,
    precision: Option<usize>,
}

impl Layout {
    /// Writes a value of three parts, filled up to the width: blanks around it, or zeros after its prefix.
    fn write(&self, out: &mut Output, prefix: &[u8], zeros: usize, digits: &[u8], may_fill: bool) {
        let fill = self.width.saturating_sub(prefix.len() + zeros + digits.len());
        let fill_zeros = self.zeros && !self.left && may_fill;
        if !self.left && !fill_zeros {
            out.repeat(b' ', fill);
        }
        out.push(prefix);
        out.repeat(b'0', zeros + if fill_zeros { fill } else { 0 });
        out.push(digits);
        if self.left {
            out.repeat(b' ', fill);
        }
    }

    /// `%s` and `%c`.
    fn write_text(&self, out: &mut Output, text: &[u8]) {
        self.write(out, b"", 0, text, false);
    }

    /// `%d`, `%u`, `%x` and the like: the digits of a number and what stands before them. The precision is
    /// the least count of digits, and with it the width is not filled with zeros.
    fn write_integer(&self, out: &mut Output, prefix: &[u8], digits: &[u8]) {
        let digits = if digits == b"0" && self.precision == Some(0) { b"" } else { digits };
        let zeros = self.precision.unwrap_or(0).saturating_sub(digits.len());
        self.write(out, prefix, zeros, digits, self.precision.is_none());
    }

    /// `%e`, `%f`, `%g`, by their small letters.
    fn write_float(&self, out: &mut Output, value: f64, conversion: u8, upper: bool) {
        let prefix = if value.is_sign_negative() { Some(b'-') } else { self.plus };
        let magnitude = value.abs();
        let mut digits = if magnitude.is_nan() {
            "nan".to_owned()
        } else if magnitude.is_infinite() {
            "inf".to_owned()
        } else {
            // Rust takes no greater precision, and no double has that many digits.
            let precision = self.precision.unwrap_or(6).min(1100);
            match conversion {
                b'e' => exponential(magnitude, precision, self.alternate),
                b'f' => fixed(magnitude, precision, self.alternate),
                _ => general(magnitude, precision.max(1), self.alternate),
            }
        };
        if upper {
            digits.make_ascii_uppercase();
        }
        self.write(out, prefix.as_slice(), 0, digits.as_bytes(), magnitude.is_finite());
    }
}

/// `%f`
fn fixed(magnitude: f64, precision: usize, point: bool) -> String {
    let point = if point && precision == 0 { "." } else { "" };
    format!("{magnitude:.precision$}{point}")
}

/// `%e`: as Rust writes it, but with a sign and two digits at least in the exponent.
fn exponential(magnitude: f64, precision: usize, point: bool) -> String {
    let (mantissa, exponent) = scientific(magnitude, precision);
    let point = if point && precision == 0 { "." } else { "" };
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{mantissa}{point}e{sign}{:02}", exponent.abs())
}

/// `%g`: whichever of `%f` and `%e` is shorter, with `precision` digits in all; zeros at the end go, unless
/// the alternate form wants them.
fn general(magnitude: f64, precision: usize, alternate: bool) -> String {
    // The exponent after rounding decides: 9.99 with one digit is 1e+01.
    let (_, exponent) = scientific(magnitude, precision - 1);
    let after_point = usize::try_from(precision as i64 - 1 - i64::from(exponent));
    match after_point {
        Ok(after_point) if exponent >= -4 => {
            let text = fixed(magnitude, after_point, alternate);
            if alternate { text } else { without_zeros(&text).to_owned() }
        }
        _ => {
            let text = exponential(magnitude, precision - 1, alternate);
            match text.split_once('e') {
                Some((mantissa, exponent)) if !alternate => format!("{}e{exponent}", without_zeros(mantissa)),
                _ => text,
            }
        }
    }
}

/// A number as a mantissa with one digit before the point, and the power of ten that goes with it.
fn scientific(magnitude: f64, precision: usize) -> (String, i32) {
    let text = format!("{magnitude:.precision$e}");
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    (mantissa.to_owned(), exponent.parse().unwrap_or(0))
}

/// A decimal number without the zeros at the end of its fraction.
fn without_zeros(number: &str) -> &str {
    if number.contains('.') { number.trim_end_matches('0').trim_end_matches('.') } else { number }
}

/// The type of an integer argument.
#[derive(Clone, Copy, PartialEq)]
enum Size {
    Char,
    Short,
    Int,
    Long,
    LongLong,
    Pointer,
}

impl Size {
    /// # Safety
    ///
    /// The next argument must be a signed integer of this size (or an `int`, for what is smaller).
    unsafe fn signed(self, arguments: &mut Arguments) -> i64 {
        // SAFETY: as the caller promises.
        unsafe {
            match self {
                Self::Char => (arguments.next::<c_int>() as i8).into(),
                Self::Short => (arguments.next::<c_int>() as i16).into(),
                Self::Int => arguments.next::<c_int>().into(),
                Self::Long => arguments.next::<c_long>() as i64,
                Self::LongLong => arguments.next::<c_longlong>(),
                Self::Pointer => arguments.next::<isize>() as i64,
            }
        }
    }

    /// # Safety
    ///
    /// The next argument must be an unsigned integer of this size (or an `int`, for what is smaller).
    unsafe fn unsigned(self, arguments: &mut Arguments) -> u64 {
        // SAFETY: as the caller promises; a type and its unsigned twin are passed alike.
        let value = unsafe { self.signed(arguments) } as u64;
        match self {
            Self::Char => value & u64::from(u8::MAX),
            Self::Short => value & u64::from(u16::MAX),
            Self::Int => value & u64::from(u32::MAX),
            Self::Long => value & (u64::MAX >> (64 - c_long::BITS)),
            Self::LongLong => value,
            Self::Pointer => value & (u64::MAX >> (64 - usize::BITS)),
        }
    }
}

/// Writes a format with its arguments.
///
/// # Safety
///
/// The arguments must be those that the format names, and a `%s` a C string, or as long as its precision.
pub(crate) unsafe fn format(out: &mut Output, format: &[u8], arguments: &mut Arguments) {
    let mut rest = format;
    while let Some(percent) = rest.iter().position(|&b| b == b'%') {
        out.push(&rest[..percent]);
        rest = &rest[percent + 1..];

        let mut layout = Layout::default();
        while let [flag @ (b'-' | b'+' | b' ' | b'#' | b'0'), after @ ..] = rest {
            match flag {
                b'-' => layout.left = true,
                b'+' => layout.plus = Some(b'+'),
                b' ' => layout.plus = layout.plus.or(Some(b' ')),
                b'#' => layout.alternate = true,
                _ => layout.zeros = true,
            }
            rest = after;
        }
        // SAFETY: as the caller promises; a `*` stands for an `int`.
        if let Some(width) = unsafe { number(&mut rest, arguments) } {
            layout.left |= width < 0;
            layout.width = width.unsigned_abs() as usize;
        }
        if let [b'.', after @ ..] = rest {
            rest = after;
            // SAFETY: as before. A negative precision counts as none, a missing number as 0.
            layout.precision = usize::try_from(unsafe { number(&mut rest, arguments) }.unwrap_or(0)).ok();
        }
        let (size, length) = match rest {
            [b'h', b'h', ..] => (Size::Char, 2),
            [b'h', ..] => (Size::Short, 1),
            [b'l', b'l', ..] => (Size::LongLong, 2),
            [b'l', ..] => (Size::Long, 1),
            [b'j', ..] => (Size::LongLong, 1),
            [b'z' | b't', ..] => (Size::Pointer, 1),
            _ => (Size::Int, 0),
        };
        rest = &rest[length..];

        let [conversion, after @ ..] = rest else { return };
        rest = after;
        // SAFETY: as the caller promises.
        unsafe { convert(out, *conversion, &layout, size, arguments) };
    }
    out.push(rest);
}

/// The number that stands next in a format, or the argument if a `*` does; `None` if neither.
///
/// # Safety
///
/// If it is a `*`, the next argument must be an `int`.
unsafe fn number(rest: &mut &[u8], arguments: &mut Arguments) -> Option<c_int> {
    if let [b'*', after @ ..] = rest {
        *rest = after;
        // SAFETY: as the caller promises.
        return Some(unsafe { arguments.next() });
    }
    let count = rest.iter().take_while(|b| b.is_ascii_digit()).count();
    let (digits, after) = rest.split_at(count);
    *rest = after;
    let value = digits
        .iter()
        .fold(0, |n: c_int, digit| n.saturating_mul(10).saturating_add(c_int::from(digit - b'0')));
    (count > 0).then_some(value)
}

/// Writes one argument.
///
/// # Safety
///
/// The next argument must be of the type that the conversion and the size say.
unsafe fn convert(out: &mut Output, conversion: u8, layout: &Layout, size: Size, arguments: &mut Arguments) {
    // Room for 64 bits in octal.
    let mut buffer = [0; 22];
    let mut digits_of = |arguments: std::fmt::Arguments| {
        let room = buffer.len();
        let mut rest = &mut buffer[..];
        let left = rest.write_fmt(arguments).map_or(0, |()| rest.len());
        (buffer, room - left)
    };
    match conversion {
        b'd' | b'i' => {
            // SAFETY: as the caller promises.
            let value = unsafe { size.signed(arguments) };
            let sign = if value < 0 { Some(b'-') } else { layout.plus };
            let (digits, length) = digits_of(format_args!("{}", value.unsigned_abs()));
            layout.write_integer(out, sign.as_slice(), &digits[..length]);
        }
        b'u' | b'o' | b'x' | b'X' | b'p' => {
            let size = if conversion == b'p' { Size::Pointer } else { size };
            // SAFETY: as the caller promises; a pointer is passed like an integer of its size.
            let value = unsafe { size.unsigned(arguments) };
            let (digits, length) = match conversion {
                b'u' => digits_of(format_args!("{value}")),
                b'o' if layout.alternate && value != 0 => digits_of(format_args!("0{value:o}")),
                b'o' => digits_of(format_args!("{value:o}")),
                b'X' => digits_of(format_args!("{value:X}")),
                _ => digits_of(format_args!("{value:x}")),
            };
            let prefix: &[u8] = match conversion {
                b'p' => b"0x",
                b'x' if layout.alternate && value != 0 => b"0x",
                b'X' if layout.alternate && value != 0 => b"0X",
                _ => b"",
            };
            layout.write_integer(out, prefix, &digits[..length]);
        }
        b'e' | b'f' | b'g' | b'E' | b'F' | b'G' => {
            // SAFETY: as the caller promises; a `float` is passed as a `double`.
            let value = unsafe { arguments.next::<f64>() };
            layout.write_float(out, value, conversion.to_ascii_lowercase(), conversion.is_ascii_uppercase());
        }
        b'c' => {
            // SAFETY: as the caller promises; a `char` is passed as an `int`.
            let c = unsafe { arguments.next::<c_int>() };
            layout.write_text(out, &[c as u8]);
        }
        b's' => {
            // SAFETY: as the caller promises. With a precision, the string need not have a NUL.
            let text = unsafe {
                let s = arguments.next::<*const c_char>();
                match layout.precision {
                    _ if s.is_null() => b"(null)".as_slice(),
                    None => CStr::from_ptr(s).to_bytes(),
                    Some(most) => std::slice::from_raw_parts(s.cast(), crate::strings::strnlen(s, most)),
                }
            };
            layout.write_text(out, text);
        }
        b'%' => out.push(b"%"),
        // Not a conversion: it stands for itself, so that the mistake can be seen.
        other => out.push(&[b'%', other]),
    }
}
