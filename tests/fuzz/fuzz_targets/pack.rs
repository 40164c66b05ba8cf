//! Opens and reads packed files of any bytes. The fuzzer's input is what matters of a file: how far it is to be put
//! right, the beginning of its header, and its body; so that it need not find out checksums and lengths by trial.
#![no_main]

use libfuzzer_sys::fuzz_target;
use relata::store::Store;
use xxhash_rust::xxh3::xxh3_64;

const HEADER: usize = 16 * 1024;
const BLOCK: usize = 4096;

fuzz_target!(|input: &[u8]| {
    let Some(([repairs, sections], input)) = input.split_first_chunk() else { return };
    let (head, body) = input.split_at(input.len().min(48 * (usize::from(*sections) % 8) + 8));
    let mut file = vec![0; HEADER];
    if repairs & 1 == 0 {
        file[..16].copy_from_slice(b"\x89relata\n\x0d\x0c\x0b\x0a\x01\0\0\0");
    }
    let (plain, table) = head.split_at(head.len().min(8));
    file[16..16 + plain.len()].copy_from_slice(plain);
    for (entry, bytes) in file[64..].chunks_mut(64).zip(table.chunks(48)) {
        // A name of up to sixteen bytes, and four numbers.
        let (name, numbers) = bytes.split_at(bytes.len().min(16));
        entry[..name.len()].copy_from_slice(name);
        entry[32..32 + numbers.len()].copy_from_slice(numbers);
    }
    file.extend_from_slice(body);
    if repairs & 2 == 0 {
        let put = |file: &mut Vec<u8>, at: usize, number: usize| {
            file[at..at + 8].copy_from_slice(&(number as u64).to_le_bytes());
        };
        // Sections where they must be, lengths and checksums that fit.
        let (count, mut end) = (table.len().div_ceil(48), HEADER);
        for at in (1..=count).map(|entry| entry * 64) {
            let [size, values] =
                [32, 40].map(|field| usize::from(file[at + field]) + 256 * usize::from(file[at + field + 1]));
            let offset = end.next_multiple_of(64);
            for (field, number) in [size, values, offset, size * values].into_iter().enumerate() {
                if repairs & 4 == 0 {
                    put(&mut file, at + 32 + 8 * field, number);
                }
            }
            end = (offset + size * values).min(HEADER + 64 * BLOCK);
        }
        let blocks = (end - HEADER).div_ceil(BLOCK);
        file.resize(HEADER + blocks * BLOCK, 0);
        let mut tree: Vec<u8> = file[HEADER..].chunks(BLOCK).flat_map(|block| xxh3_64(block).to_le_bytes()).collect();
        tree.resize(tree.len().next_multiple_of(BLOCK), 0);
        if repairs & 8 != 0
            && let Some(byte) = tree.get_mut(usize::from(*sections))
        {
            *byte ^= 1;
        }
        file.extend_from_slice(&tree);
        let length = file.len();
        for (field, number) in [length, blocks, count, BLOCK].into_iter().enumerate() {
            put(&mut file, 16 + 8 * field, number);
        }
        put(&mut file, 48, xxh3_64(&tree) as usize);
    }
    if repairs & 16 == 0 {
        let sum = xxh3_64(&file[..HEADER - 8]);
        file[HEADER - 8..HEADER].copy_from_slice(&sum.to_le_bytes());
    }
    let Ok(store) = Store::from_bytes(&file) else { return };
    for section in store.sections() {
        if let Ok(column) = store.column::<u64>(&section.name) {
            assert_eq!(column.iter().len(), section.count);
            let sum = column.iter().fold(0, u64::wrapping_add);
            let whole = column.slice(0..column.len());
            assert!(store.damage().is_some() || whole.iter().copied().fold(0, u64::wrapping_add) == sum);
        }
        if let Ok(column) = store.bytes(&section.name) {
            let whole = column.slice(0..column.len());
            assert!(store.damage().is_some() || *whole == file[section.offset..section.offset + section.count]);
        }
    }
    assert!(store.verify_all().is_err() || store.damage().is_none());
});
