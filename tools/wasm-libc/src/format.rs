//! The formatter behind `printf` and its kin: everything that the C standard has but wide characters, `%n` and numbers
//! with a fraction. The parser prints none of those, and what writes their digits is large: a `?` stands for one.

use std::ffi::{CStr, c_char, c_int, c_long, c_longlong, c_void};

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
    fn write_integer(&self, out: &mut Output, prefix: &[u8], digits: &str) {
        let digits = if digits == "0" && self.precision == Some(0) { "" } else { digits };
        let zeros = self.precision.unwrap_or(0).saturating_sub(digits.len());
        self.write(out, prefix, zeros, digits.as_bytes(), self.precision.is_none());
    }
}

/// The type of an integer argument.
#[derive(Clone, Copy)]
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
    #[allow(clippy::unnecessary_cast, reason = "a long has 32 bits on wasm32, and 64 on most other targets")]
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
    match conversion {
        b'd' | b'i' => {
            // SAFETY: as the caller promises.
            let value = unsafe { size.signed(arguments) };
            let sign = if value < 0 { Some(b'-') } else { layout.plus };
            layout.write_integer(out, sign.as_slice(), &value.unsigned_abs().to_string());
        }
        b'u' | b'o' | b'x' | b'X' | b'p' => {
            let size = if conversion == b'p' { Size::Pointer } else { size };
            // SAFETY: as the caller promises; a pointer is passed like an integer of its size.
            let value = unsafe { size.unsigned(arguments) };
            let digits = match conversion {
                b'u' => format!("{value}"),
                b'o' if layout.alternate && value != 0 => format!("0{value:o}"),
                b'o' => format!("{value:o}"),
                b'X' => format!("{value:X}"),
                _ => format!("{value:x}"),
            };
            let prefix = match conversion {
                b'p' => "0x",
                b'x' if layout.alternate && value != 0 => "0x",
                b'X' if layout.alternate && value != 0 => "0X",
                _ => "",
            };
            layout.write_integer(out, prefix.as_bytes(), &digits);
        }
        b'e' | b'f' | b'g' | b'E' | b'F' | b'G' => {
            // SAFETY: as the caller promises; a `float` is passed as a `double`.
            let _ = unsafe { arguments.next::<f64>() };
            layout.write_text(out, b"?");
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

#[cfg(test)]
mod tests {
    use std::ffi::{c_ulong, c_ulonglong};
    use std::ptr::{null, without_provenance};

    use super::*;

    /// Arguments as a caller on wasm32 stores them.
    #[derive(Default)]
    struct Stored(Vec<u8>);

    impl Stored {
        fn push<T: Copy>(&mut self, argument: T) {
            self.0.resize(self.0.len().next_multiple_of(align_of::<T>()), 0);
            let bytes = (&raw const argument).cast::<u8>();
            // SAFETY: the bytes of a number or a pointer.
            self.0.extend_from_slice(unsafe { std::slice::from_raw_parts(bytes, size_of::<T>()) });
        }

        /// What `format` makes of these arguments.
        fn formatted(&self, template: &CStr) -> String {
            // An address that is aligned for every type.
            let mut arguments = vec![0_u64; self.0.len().div_ceil(8)];
            // SAFETY: the vector has at least that many bytes; the arguments are those of the template.
            unsafe {
                arguments.as_mut_ptr().cast::<u8>().copy_from(self.0.as_ptr(), self.0.len());
                let mut room = [0; 2000];
                let mut out = Output::new(&mut room);
                format(&mut out, template.to_bytes(), &mut Arguments::new(arguments.as_ptr().cast()));
                let length = out.length;
                String::from_utf8(room[..length].to_vec()).unwrap()
            }
        }
    }

    unsafe extern "C" {
        fn snprintf(to: *mut c_char, size: usize, template: *const c_char, ...) -> c_int;
    }

    /// What `format` makes of a template and its arguments, which must be what the machine's own C library
    /// makes of them.
    macro_rules! formatted {
        ($template:expr $(, $argument:expr)*) => {{
            #[allow(unused_mut, reason = "a template may have no arguments")]
            let mut stored = Stored::default();
            $(stored.push($argument);)*
            let ours = stored.formatted($template);
            let mut theirs = [0; 2000];
            // SAFETY: the size is the buffer's; the arguments are those of the template.
            let theirs = unsafe {
                snprintf(theirs.as_mut_ptr(), theirs.len(), $template.as_ptr() $(, $argument)*);
                CStr::from_ptr(theirs.as_ptr()).to_str().unwrap().to_owned()
            };
            assert_eq!(ours, theirs, "{:?}", $template);
            ours
        }};
    }

    #[test]
    fn text() {
        assert_eq!(formatted!(c"no conversion"), "no conversion");
        assert_eq!(formatted!(c"100%% of %s", c"it".as_ptr()), "100% of it");
        assert_eq!(
            formatted!(c"[%5s|%-5s|%.1s]", c"ab".as_ptr(), c"cd".as_ptr(), c"ef".as_ptr()),
            "[   ab|cd   |e]"
        );
        assert_eq!(formatted!(c"[%*s|%-*s]", 4, c"a".as_ptr(), 4, c"b".as_ptr()), "[   a|b   ]");
        assert_eq!(formatted!(c"[%*s]", -4, c"a".as_ptr()), "[a   ]");
        assert_eq!(formatted!(c"[%.*s]", 2, c"abc".as_ptr()), "[ab]");
        assert_eq!(formatted!(c"[%.*s]", -1, c"abc".as_ptr()), "[abc]");
        assert_eq!(formatted!(c"[%c|%3c]", c_int::from(b'x'), c_int::from(b'y')), "[x|  y]");
    }

    #[test]
    fn text_without_a_nul_is_read_as_far_as_the_precision() {
        let letters = *b"abc";
        assert_eq!(formatted!(c"%.3s", letters.as_ptr()), "abc");
    }

    #[test]
    fn signed_integers() {
        assert_eq!(formatted!(c"%d %i", c_int::MIN, c_int::MAX), "-2147483648 2147483647");
        assert_eq!(formatted!(c"[%5d|%-5d|%05d]", 42, 42, -42), "[   42|42   |-0042]");
        assert_eq!(formatted!(c"%+d % d %+d", 1, 1, -1), "+1  1 -1");
        assert_eq!(formatted!(c"[%.3d|%6.3d|%06.3d]", 7, 7, -7), "[007|   007|  -007]");
        assert_eq!(formatted!(c"[%.0d|%.d|%3.0d]", 0, 0, 0), "[||   ]");
        assert_eq!(formatted!(c"%hhd %hd", 0x1ff, 0x1_8000), "-1 -32768");
        assert_eq!(formatted!(c"%ld", c_long::MIN), c_long::MIN.to_string());
        assert_eq!(formatted!(c"%lld %jd", c_longlong::MIN, -1_i64), "-9223372036854775808 -1");
        assert_eq!(formatted!(c"%zd", -1_isize), "-1");
    }

    #[test]
    fn unsigned_integers() {
        assert_eq!(formatted!(c"%u %u", 0_u32, u32::MAX), "0 4294967295");
        assert_eq!(formatted!(c"%x %X %o", 0xbeef, 0xbeef, 8), "beef BEEF 10");
        assert_eq!(formatted!(c"%#x %#X %#o %#x %#o", 255, 255, 8, 0, 0), "0xff 0XFF 010 0 0");
        assert_eq!(formatted!(c"[%#8x|%#08x|%-#8x]", 255, 255, 255), "[    0xff|0x0000ff|0xff    ]");
        assert_eq!(formatted!(c"%hhu %hu", 0x1ff, 0x1_ffff), "255 65535");
        assert_eq!(formatted!(c"%lu", c_ulong::MAX), c_ulong::MAX.to_string());
        assert_eq!(
            formatted!(c"%llu %#llo", c_ulonglong::MAX, u64::MAX),
            "18446744073709551615 01777777777777777777777"
        );
        assert_eq!(formatted!(c"%zu", usize::MAX), usize::MAX.to_string());
        assert_eq!(formatted!(c"%p", without_provenance::<c_void>(0xa0)), "0xa0");
    }

    #[test]
    fn arguments_of_several_sizes_are_read_where_they_stand() {
        assert_eq!(formatted!(c"%d %lld %d %s", 1, 2_i64, 3, c"end".as_ptr()), "1 2 3 end");
    }

    #[test]
    fn a_number_with_a_fraction_is_passed_over() {
        let mut arguments = Stored::default();
        arguments.push(0.5);
        arguments.push(7);
        assert_eq!(arguments.formatted(c"%.2f %d"), "? 7");
    }

    #[test]
    fn absurd_lengths_are_cut_and_counted() {
        let mut room = [0; 4];
        let mut out = Output::new(&mut room);
        let arguments = [c_int::MAX, 7];
        // SAFETY: the arguments are those of the format.
        unsafe { format(&mut out, b"ab%*d", &mut Arguments::new(arguments.as_ptr().cast())) };
        assert_eq!(out.length, c_int::MAX as usize + 2);
        assert_eq!(&room, b"ab  ");
    }

    #[test]
    fn what_is_no_conversion_stands_for_itself() {
        let none = Stored::default();
        assert_eq!(none.formatted(c"5%!, 5%y"), "5%!, 5%y");
        assert_eq!(none.formatted(c"ends in %"), "ends in ");
        let mut nothing = Stored::default();
        nothing.push(null::<c_char>());
        assert_eq!(nothing.formatted(c"%s"), "(null)");
    }
}
