//! Keys and values of all sequences, in blocks of [`BLOCK`] tokens.
//!
//! A block holds keys and values of all layers for its tokens. Sequences that share a prefix share its full blocks; a
//! last block that is only partly filled is copied, since each sequence goes on in it with tokens of its own.

use super::SequenceId;
use crate::model::ModelError;
use crate::model::gguf::Config;
use crate::model::kernels::attention::BLOCK;

/// The blocks of keys and values, and the sequences that hold them.
pub struct KvCache {
    layers: usize,
    kv_heads: usize,
    head_dim: usize,
    /// `[layers][keys | values][kv_heads][head_dim · BLOCK]`; a block that no sequence holds keeps
    /// its memory for the next sequence that takes it.
    blocks: Vec<Box<[f32]>>,
    /// How many sequences hold each block.
    holders: Vec<u32>,
    /// The blocks that no sequence holds.
    free: Vec<usize>,
    /// How many blocks may be promised in all.
    limit: usize,
    /// How many blocks are promised to open sequences, whether they are in use already or not. Blocks that a sequence
    /// still shares with a closed one are not counted.
    promised: usize,
    /// The open sequences, each at the index that is its [`SequenceId`].
    sequences: Vec<Option<Sequence>>,
}

struct Sequence {
    /// Its blocks, in the order of the tokens; the first ones may be shared.
    blocks: Vec<usize>,
    /// Tokens stored.
    len: usize,
    /// How many blocks it may have in the end, not counting those that it shared when it was opened.
    promised: usize,
}

impl KvCache {
    /// A cache that promises room for `tokens` tokens in all, rounded up to whole blocks. Memory is taken only when a
    /// block is first used.
    pub fn new(config: &Config, tokens: usize) -> KvCache {
        KvCache {
            layers: config.layers,
            kv_heads: config.kv_heads,
            head_dim: config.head_dim,
            blocks: Vec::new(),
            holders: Vec::new(),
            free: Vec::new(),
            limit: tokens.div_ceil(BLOCK),
            promised: 0,
            sequences: Vec::new(),
        }
    }

    fn sequence(&self, id: SequenceId) -> &Sequence {
        self.sequences[id.0].as_ref().expect("an open sequence")
    }

    /// How many tokens a sequence has, those that it shares included.
    ///
    /// # Panics
    /// When there is no such open sequence.
    pub fn len(&self, id: SequenceId) -> usize {
        self.sequence(id).len
    }

    /// Whether a sequence that shares all of `prefix` can be opened with room for `tokens` more
    /// tokens.
    pub fn has_room(&self, prefix: Option<SequenceId>, tokens: usize) -> bool {
        self.promised + need(prefix.map_or(0, |p| self.len(p)), tokens) <= self.limit
    }

    /// Opens a sequence with room for `tokens` tokens of its own. If `shared` names another
    /// sequence and a number `len`, they come after the first `len` tokens of that sequence, which
    /// the two share.
    ///
    /// # Errors
    /// When the blocks that this sequence needs and those that are promised already are more than the limit.
    ///
    /// # Panics
    /// When the other sequence has fewer tokens, or there is no such open sequence.
    pub fn open(&mut self, shared: Option<(SequenceId, usize)>, tokens: usize) -> Result<SequenceId, ModelError> {
        let promised = need(shared.map_or(0, |(_, len)| len), tokens);
        if self.promised + promised > self.limit {
            return Err(ModelError::Run(format!("no memory for the keys and values of {tokens} more tokens")));
        }
        let mut sequence = Sequence { blocks: Vec::new(), len: 0, promised };
        if let Some((from, len)) = shared {
            assert!(len <= self.len(from), "no more tokens than there are");
            let blocks = self.sequence(from).blocks.clone();
            sequence.len = len;
            let full = len / BLOCK;
            sequence.blocks.extend_from_slice(&blocks[..full]);
            for &block in &blocks[..full] {
                self.holders[block] += 1;
            }
            if len % BLOCK > 0 {
                let copy = self.take();
                // The block is taken out for a moment, because two blocks cannot be borrowed at
                // once.
                let partial = std::mem::take(&mut self.blocks[blocks[full]]);
                self.blocks[copy].copy_from_slice(&partial);
                self.blocks[blocks[full]] = partial;
                sequence.blocks.push(copy);
            }
        }
        self.promised += promised;
        let slot = self.sequences.iter().position(Option::is_none).unwrap_or_else(|| {
            self.sequences.push(None);
            self.sequences.len() - 1
        });
        self.sequences[slot] = Some(sequence);
        Ok(SequenceId(slot))
    }

    /// Closes a sequence. Blocks that no other sequence holds become free.
    pub fn close(&mut self, id: SequenceId) {
        let Some(sequence) = self.sequences[id.0].take() else { return };
        self.promised -= sequence.promised;
        for block in sequence.blocks {
            self.holders[block] -= 1;
            if self.holders[block] == 0 {
                self.free.push(block);
            }
        }
    }

    /// Takes a block that no sequence holds, or a new one, and counts one holder for it.
    fn take(&mut self) -> usize {
        let block = self.free.pop().unwrap_or_else(|| {
            let size = 2 * self.layers * self.kv_heads * self.head_dim * BLOCK;
            self.blocks.push(vec![0.; size].into_boxed_slice());
            self.holders.push(0);
            self.blocks.len() - 1
        });
        self.holders[block] = 1;
        block
    }

    /// Makes the sequence longer by `new` tokens, whose keys and values are still to be stored. The sequence must have
    /// been promised room for them; this is not checked.
    ///
    /// # Panics
    /// When there is no such open sequence.
    pub fn extend(&mut self, id: SequenceId, new: usize) {
        let mut sequence = self.sequences[id.0].take().expect("an open sequence");
        sequence.len += new;
        while sequence.blocks.len() * BLOCK < sequence.len {
            let block = self.take();
            sequence.blocks.push(block);
        }
        self.sequences[id.0] = Some(sequence);
    }

    /// Makes the sequence shorter by its last `tokens` tokens, which must not be in blocks that it shares. The memory
    /// of these tokens stays promised.
    ///
    /// # Panics
    /// When it has fewer tokens, or there is no such open sequence.
    pub fn shorten(&mut self, id: SequenceId, tokens: usize) {
        let sequence = self.sequences[id.0].as_mut().expect("an open sequence");
        sequence.len = sequence.len.checked_sub(tokens).expect("no more tokens than there are");
    }

    /// Gives several threads access to the keys and values of a step's sequences, in the order of `ids`.
    pub fn table(&mut self, ids: impl Iterator<Item = SequenceId>) -> BlockTable {
        let (layers, kv_heads, head_dim) = (self.layers, self.kv_heads, self.head_dim);
        // Every block is borrowed once, even if several sequences share it: a second borrow would make the pointer from
        // the first one invalid.
        let blocks: Vec<*mut f32> = self.blocks.iter_mut().map(|block| block.as_mut_ptr()).collect();
        let sequences = ids
            .map(|id| {
                let own = &self.sequences[id.0].as_ref().expect("an open sequence").blocks;
                own.iter().map(|&block| blocks[block]).collect()
            })
            .collect();
        BlockTable { layers, kv_heads, head_dim, sequences }
    }
}

/// How many blocks of its own a sequence needs for `tokens` tokens after `shared` ones that it
/// shares. Full blocks of shared tokens are not counted, but the copy of a partly filled one is.
fn need(shared: usize, tokens: usize) -> usize {
    (shared % BLOCK + tokens).div_ceil(BLOCK)
}

/// Where the blocks of a step's sequences are in memory. Valid as long as the cache is not touched.
pub struct BlockTable {
    layers: usize,
    kv_heads: usize,
    head_dim: usize,
    /// The blocks of each sequence, by its index in the step.
    sequences: Vec<Vec<*mut f32>>,
}

// SAFETY: plain pointers; the contracts of `put` and `keys_and_values` keep writers and readers apart.
unsafe impl Send for BlockTable {}
// SAFETY: as above.
unsafe impl Sync for BlockTable {}

impl BlockTable {
    /// Where the keys (or values) of one layer and head begin in a block.
    fn offset(&self, layer: usize, values: bool, head: usize) -> usize {
        assert!(layer < self.layers && head < self.kv_heads);
        ((layer * 2 + usize::from(values)) * self.kv_heads + head) * self.head_dim * BLOCK
    }

    /// Stores the key and the value of one token and head, `head_dim` numbers each. `at` is the
    /// index of the sequence in the step and the position of the token.
    ///
    /// # Safety
    /// The cache must be untouched since [`KvCache::table`], and no other thread may read or write this token
    /// meanwhile.
    pub unsafe fn put(&self, at: (usize, usize), layer: usize, head: usize, key: &[f32], value: &[f32]) {
        let (sequence, token) = at;
        let (keys, values) = (self.offset(layer, false, head), self.offset(layer, true, head));
        assert!(key.len() == self.head_dim && value.len() == self.head_dim);
        let block = self.sequences[sequence][token / BLOCK];
        let slot = token % BLOCK;
        // SAFETY: offsets lie within a block by the assertions; exclusive by this function's contract.
        unsafe {
            let keys = block.add(keys);
            for (d, k) in key.iter().enumerate() {
                keys.add(d * BLOCK + slot).write(*k);
            }
            let values = block.add(values + slot * self.head_dim);
            std::ptr::copy_nonoverlapping(value.as_ptr(), values, self.head_dim);
        }
    }

    /// Keys `[head_dim][BLOCK]` and values `[BLOCK][head_dim]` of one layer and head in a block. `sequence` is the
    /// index of the sequence in the step, and `block` the index of the block in the sequence.
    ///
    /// # Safety
    /// The cache must be untouched since [`KvCache::table`], and no thread may write the block meanwhile.
    pub unsafe fn keys_and_values(&self, sequence: usize, block: usize, layer: usize, head: usize) -> (&[f32], &[f32]) {
        let (keys, values) = (self.offset(layer, false, head), self.offset(layer, true, head));
        let block = self.sequences[sequence][block];
        let len = self.head_dim * BLOCK;
        // SAFETY: within a block by the assertion in `offset`; not written by this function's contract.
        unsafe {
            (std::slice::from_raw_parts(block.add(keys), len), std::slice::from_raw_parts(block.add(values), len))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::gguf::Gate;

    fn small_cache(tokens: usize) -> KvCache {
        let config = Config {
            architecture: "llama".into(),
            layers: 1,
            hidden: 4,
            heads: 1,
            kv_heads: 1,
            head_dim: 2,
            context_length: 100,
            rms_eps: 1e-6,
            rope_base: 1e4,
            rope_scale: 1.,
            rope_interleaved: false,
            embedding_scale: 1.,
            gate: Gate::Silu,
            window: None,
        };
        KvCache::new(&config, tokens)
    }

    fn write(cache: &mut KvCache, id: SequenceId, token: usize, number: f32) {
        let table = cache.table([id].into_iter());
        // SAFETY: one thread.
        unsafe { table.put((0, token), 0, 0, &[number, -number], &[number, -number]) };
    }

    fn read(cache: &mut KvCache, id: SequenceId, token: usize) -> (f32, f32) {
        let table = cache.table([id].into_iter());
        // SAFETY: one thread.
        let (keys, values) = unsafe { table.keys_and_values(0, token / BLOCK, 0, 0) };
        (keys[BLOCK + token % BLOCK], values[token % BLOCK * 2])
    }

    #[test]
    fn sequences_share_a_prefix_and_go_on_alone() {
        let mut cache = small_cache(1000);
        let prefix = cache.open(None, 20).unwrap();
        cache.extend(prefix, 20);
        (0..20).for_each(|t| write(&mut cache, prefix, t, t as f32));
        let [a, b] = [(); 2].map(|()| cache.open(Some((prefix, 20)), 5).unwrap());
        for (id, number) in [(a, 100.), (b, 200.)] {
            cache.extend(id, 1);
            write(&mut cache, id, 20, number);
        }
        cache.close(prefix);
        assert_eq!((read(&mut cache, a, 20), read(&mut cache, b, 20)), ((-100., 100.), (-200., 200.)));
        for id in [a, b] {
            assert!((0..20).all(|t| read(&mut cache, id, t) == (-(t as f32), t as f32)));
        }
        assert_eq!(cache.blocks.len(), 4, "one full block is shared, the half one is copied");
    }

    #[test]
    fn a_shortened_sequence_grows_again_and_keeps_its_prefix() {
        let mut cache = small_cache(100);
        let prefix = cache.open(None, 20).unwrap();
        cache.extend(prefix, 20);
        (0..20).for_each(|t| write(&mut cache, prefix, t, t as f32));
        let a = cache.open(Some((prefix, 20)), 40).unwrap();
        cache.extend(a, 30);
        cache.shorten(a, 29);
        assert_eq!(cache.len(a), 21);
        cache.extend(a, 39);
        assert_eq!((cache.len(a), cache.blocks.len()), (60, 2 + 3));
        assert!((0..20).all(|t| read(&mut cache, a, t) == (-(t as f32), t as f32)));
    }

    #[test]
    fn memory_is_promised_kept_within_the_limit_and_used_again() {
        let mut cache = small_cache(64);
        let a = cache.open(None, 33).unwrap();
        assert!(cache.has_room(None, 16) && !cache.has_room(None, 17));
        assert!(cache.open(None, 17).is_err());
        cache.extend(a, 33);
        cache.close(a);
        let b = cache.open(None, 64).unwrap();
        cache.extend(b, 64);
        assert_eq!(cache.blocks.len(), 4);
    }

    /// For runs under Miri, which CI does not do: Miri reports a shared block that is reached through more than one
    /// borrow.
    #[test]
    fn a_step_reads_a_shared_block_through_each_of_its_sequences() {
        let mut cache = small_cache(1000);
        let prefix = cache.open(None, BLOCK).unwrap();
        cache.extend(prefix, BLOCK);
        (0..BLOCK).for_each(|t| write(&mut cache, prefix, t, t as f32));
        let ids = [(); 2].map(|()| cache.open(Some((prefix, BLOCK)), 1).unwrap());
        ids.into_iter().for_each(|id| cache.extend(id, 1));
        let table = cache.table(ids.into_iter());
        for (sequence, number) in [(0, 100.), (1, 200.)] {
            // SAFETY: one thread; no slice from an earlier read is still in use.
            unsafe { table.put((sequence, BLOCK), 0, 0, &[number, -number], &[number, -number]) };
        }
        for (sequence, number) in [(0, 100.), (1, 200.)] {
            // SAFETY: one thread, and nothing is written any more.
            let [shared, own] = [0, 1].map(|block| unsafe { table.keys_and_values(sequence, block, 0, 0) });
            assert!((0..BLOCK).all(|t| shared.0[t] == t as f32 && shared.1[2 * t + 1] == -(t as f32)));
            assert_eq!((own.0[0], own.1[1]), (number, -number));
        }
    }
}
