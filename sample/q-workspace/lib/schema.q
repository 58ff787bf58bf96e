/ Tables that all processes share.
trade:([] time:`timespan$(); sym:`g#`symbol$(); price:`float$(); size:`long$(); side:`char$(); ex:`symbol$())
quote:([] time:`timespan$(); sym:`g#`symbol$(); bid:`float$(); ask:`float$(); bsize:`long$(); asize:`long$(); ex:`symbol$())
