using Integration.Contracts;

namespace Integration.Soap.Tests;

public sealed class Inputs(SoapFixture soap)
{
    [Theory]
    [InlineData(
        """{"service":"nobody","operation":"x"}""",
        "inputs.service is 'nobody', which is not configured. Configured are: documents"
    )]
    [InlineData(
        """{"service":"orders","operation":"GetStatus","input":1,"retries":3}""",
        "inputs.retries must be between 0 and 2"
    )]
    [InlineData(
        """{"service":"orders","operation":"GetStatus","input":1,"timeouts":{"attempt":301}}""",
        "inputs.timeouts.attempt must be between 0.001 and 300 seconds"
    )]
    [InlineData(
        """{"service":"orders","operation":"GetStatus","input":1,"httpHeaders":{"SOAPAction":"x"}}""",
        "inputs.httpHeaders.SOAPAction is set by the service itself"
    )]
    [InlineData(
        """{"service":"orders","operation":"GetStatus","input":1,"httpHeaders":{"Content-Type":"x"}}""",
        "inputs.httpHeaders.Content-Type is set by the service itself"
    )]
    [InlineData(
        """{"service":"orders","operation":"GetStatus","input":1,"httpHeaders":{"a b":"x"}}""",
        "inputs.httpHeaders.a b is no name of a header"
    )]
    [InlineData(
        """{"service":"orders","operation":"GetStatus","input":1,"httpHeaders":{"a":"x\ny"}}""",
        "inputs.httpHeaders.a must be plain ASCII"
    )]
    [InlineData(
        """{"service":"orders","operation":"GetStatus","input":1,"httpHeaders":{"a":"1","A":"2"}}""",
        "is there twice"
    )]
    [InlineData(
        """{"service":"orders","operation":"GetStatus","input":1,"errors":[{"code":""}]}""",
        "inputs.errors[0].code is empty"
    )]
    [InlineData(
        """{"service":"orders","operation":"GetStatus","input":1,"errors":[{"code":"A"}]}""",
        "inputs.errors[0] fits every fault"
    )]
    [InlineData(
        """{"service":"orders","operation":"GetStatus","input":1,"errors":[{"code":"A","fault":"OrderFault"}]}""",
        "inputs.errors[0].fault is 'OrderFault', but the WSDL declares no fault of GetStatus"
    )]
    [InlineData(
        """{"service":"orders","operation":"GetStatus","input":1,"errors":[{"code":"A","when":{"pointer":"a"}}]}""",
        "inputs.errors[0].when.pointer is no JSON Pointer"
    )]
    [InlineData(
        """{"service":"orders","operation":"GetStatus","input":1,"errors":[{"code":"A","when":{"pointer":"/a","equals":1,"exists":false}}]}""",
        "says equals and that it must not exist"
    )]
    [InlineData(
        """{"service":"orders","operation":"GetStatus","input":1,"userNameToken":{"userName":"a","password":"canary"}}""",
        "inputs.userNameToken.password is written out"
    )]
    [InlineData(
        """{"service":"orders","operation":"GetStatus","input":"{{secrets.session}}"}""",
        "inputs.input names a secret"
    )]
    public async Task What_is_wrong_is_told_by_field_and_nothing_is_sent(string inputs, string expected)
    {
        var error = await soap.ErrorAsync(inputs);
        error.Category.ShouldBe(ErrorCategory.Data);
        error.Code.ShouldBe("invalid-input");
        error.Message.ShouldContain(expected);
    }

    [Theory]
    [InlineData(
        """{"service":"orders","operation":"PlaceOrders","input":1}""",
        "unknown-operation",
        "Did you mean 'PlaceOrder'?"
    )]
    [InlineData(
        """{"service":"orders","operation":"GetStatus","port":"x","input":1}""",
        "unknown-port",
        "Orders11, Orders12"
    )]
    public async Task What_the_WSDL_does_not_have_is_told_with_what_it_has(string inputs, string code, string expected)
    {
        var error = await soap.ErrorAsync(inputs);
        error.Category.ShouldBe(ErrorCategory.Data);
        error.Code.ShouldBe(code);
        error.Message.ShouldContain(expected);
    }

    [Fact]
    public async Task A_file_store_that_is_not_configured_is_told_before_the_call()
    {
        var error = await soap.ErrorAsync(
            """{"service":"orders-file","operation":"GetStatus","input":1,"fileStore":"nowhere"}"""
        );
        error.Category.ShouldBe(ErrorCategory.Data);
        error.Code.ShouldBe("file-store-unknown");
    }

    [Fact]
    public async Task An_input_that_does_not_fit_the_schema_is_told_by_its_path()
    {
        var error = await soap.ErrorAsync(
            """{"service":"orders","operation":"PlaceOrder","input":{"customer":"Ada","line":[{"sku":"x","qty":1},{"sku":"y","qty":"many"}]}}"""
        );
        error.Code.ShouldBe("invalid-input");
        error.Message.ShouldContain("inputs.input.line[1].qty");
    }
}
