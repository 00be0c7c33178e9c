namespace Integration.Soap.Wsdl;

/// <summary>An operation needs what is not supported. Ends the reading of that operation, not of the WSDL.</summary>
/// <param name="message">Names it, in a sentence.</param>
internal sealed class UnsupportedException(string message) : Exception(message);
