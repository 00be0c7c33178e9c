using Integration.Bus.Tests;

[assembly: AssemblyFixture(typeof(Broker))]
[assembly: AssemblyFixture(typeof(Broker4))]
