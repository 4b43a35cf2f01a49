import CheckoutLayout from '../pay/layout'

export const dynamic = 'force-dynamic'

export default CheckoutLayout
