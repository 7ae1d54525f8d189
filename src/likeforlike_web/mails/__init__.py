"""Mails: written in the transaction of what they tell of, sent later, never twice."""
