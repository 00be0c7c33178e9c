using Integration.Journeys.Tests;
using Xunit.v3;

[assembly: AssemblyFixture(typeof(Broker))]
[assembly: AssemblyFixture(typeof(PostgreSqlServer))]

// Journeys wait more than they compute.
[assembly: Parallelization(MaxThreads = 4)]
