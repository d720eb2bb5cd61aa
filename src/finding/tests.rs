//! What is proposed, and how it is worded.
