//! Putting a few things in order. The standard library's sorts are made for long lists, and each type and order that they sort adds some
//! kilobytes to the page.

/// Sorts a short list, or one that is nearly in order, stably: neighbours change places as long as the first comes after the second.
pub(crate) fn order_by<T>(list: &mut [T], comes_after: impl Fn(&T, &T) -> bool) {
    for end in 1..list.len() {
        let mut at = end;
        while at > 0 && comes_after(&list[at - 1], &list[at]) {
            list.swap(at - 1, at);
            at -= 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_sorts_stably(mut list: Vec<(u8, u32)>) {
            let mut expected = list.clone();
            expected.sort_by_key(|&(key, _)| key);
            order_by(&mut list, |a, b| a.0 > b.0);
            prop_assert_eq!(list, expected);
        }
    }
}
