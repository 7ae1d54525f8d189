"""What a human output checker needs: each figure beside its rules, the worst case, and two blind approvals."""
