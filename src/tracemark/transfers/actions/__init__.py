"""What officers do with licences, certificates, consignments and lists: one function for each intention."""
