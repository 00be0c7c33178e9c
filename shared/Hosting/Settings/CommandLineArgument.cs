namespace Integration.Hosting;

/// <summary>An argument of a service's own, as <c>--help</c> lists it. Registered as a service.</summary>
/// <param name="Name">E.g. <c>--wsdl FILE</c>.</param>
/// <param name="Text">What it does, in a line.</param>
public sealed record CommandLineArgument(string Name, string Text);
