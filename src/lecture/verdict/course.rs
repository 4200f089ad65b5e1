//! What each figure shows, in one sentence.
