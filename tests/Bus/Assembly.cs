using Integration.Bus.Tests;

[assembly: AssemblyFixture(typeof(Broker))]
