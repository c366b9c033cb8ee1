import NIOCore
import NIOHTTP1

/// Closes a connection whose request or response takes too long: the limit covers the whole of it, so a client gains
/// nothing by sending a byte now and then.
final class Deadline: ChannelDuplexHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias InboundOut = HTTPServerRequestPart
  typealias OutboundIn = HTTPServerResponsePart
  typealias OutboundOut = HTTPServerResponsePart

  private let requestTime: TimeAmount
  private let answerTime: TimeAmount
  private var closing: Scheduled<Void>?

  init(requestTime: TimeAmount, answerTime: TimeAmount) {
    self.requestTime = requestTime
    self.answerTime = answerTime
  }

  func channelActive(context: ChannelHandlerContext) {
    close(context.channel, after: requestTime)
    context.fireChannelActive()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    if case .end = unwrapInboundIn(data) { close(context.channel, after: answerTime) }
    context.fireChannelRead(data)
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    if case .end = unwrapOutboundIn(data) {
      let promise = promise ?? context.eventLoop.makePromise()
      let channel = context.channel
      // Written data stays in memory until the client receives it.
      promise.futureResult.assumeIsolated().whenSuccess { self.close(channel, after: self.requestTime) }
      context.write(data, promise: promise)
    } else {
      context.write(data, promise: promise)
    }
  }

  func channelInactive(context: ChannelHandlerContext) {
    closing?.cancel()
    context.fireChannelInactive()
  }

  private func close(_ channel: any Channel, after time: TimeAmount) {
    closing?.cancel()
    closing = channel.eventLoop.scheduleTask(in: time) { channel.close(promise: nil) }
  }
}
