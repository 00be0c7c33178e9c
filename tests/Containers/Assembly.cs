// One machine, one set of published ports.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
